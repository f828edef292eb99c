package com.example.dispatcher;

import com.example.jobs.Job;
import com.example.jobs.JobId;
import com.example.jobs.JobStarted;
import com.example.jobs.JobStopped;
import com.example.jobs.WorkersClient;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Selection;
import io.psrpc.Selection.Bid;
import io.psrpc.Selection.ServerSelector;
import java.util.Comparator;
import java.util.List;

/** Says where jobs go. Workers bid with their free cores; the dispatcher chooses among the bids. */
final class Dispatcher {
    private final WorkersClient workers;

    Dispatcher(WorkersClient workers) {
        this.workers = workers;
    }

    /** To the worker with the most free cores. */
    JobStarted start(Job job) {
        return workers.startJob(job);
    }

    /** To the first worker that has so many free cores, or, when all have bid, to the one with the most; with fewer than {@code atLeast}, to none. */
    JobStarted startWithRoom(Job job, int atLeast, int enough) {
        return start(job, Selection.DEFAULT.withMinimumAffinity(atLeast).withMaximumAffinity(enough));
    }

    /** To the fullest worker that has room for it, so that large jobs find room elsewhere. */
    JobStarted startWhereItFits(Job job) {
        return start(
                job,
                Selection.DEFAULT.withSelector(bids -> bids.stream()
                        .min(Comparator.comparing(Bid::affinity))
                        .orElseThrow(() -> ErrorCode.UNAVAILABLE.error("no worker has room"))));
    }

    /** To another worker than that one. */
    JobStarted startElsewhere(Job job, String worker) {
        return start(job, Selection.DEFAULT.withSelector(notOn(worker)));
    }

    JobStopped stop(String worker, String id) {
        return workers.stopJob(worker, JobId.newBuilder().setId(id).build());
    }

    private JobStarted start(Job job, Selection selection) {
        return workers.startJob(job, CallOptions.selecting(selection));
    }

    private static ServerSelector notOn(String worker) {
        return (List<Bid> bids) -> bids.stream()
                .filter(bid -> !bid.serverId().equals(worker))
                .max(Comparator.comparing(Bid::affinity))
                .orElseThrow(() -> ErrorCode.UNAVAILABLE.error("no worker but %s has room", worker));
    }
}
