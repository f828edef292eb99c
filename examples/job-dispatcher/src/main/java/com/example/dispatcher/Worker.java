package com.example.dispatcher;

import com.example.jobs.Job;
import com.example.jobs.JobId;
import com.example.jobs.JobStarted;
import com.example.jobs.JobStopped;
import com.example.jobs.Refusal;
import com.example.jobs.WorkersHandler;
import com.example.jobs.WorkersServer;
import io.psrpc.ErrorCode;
import io.psrpc.RequestContext;
import io.psrpc.ServerOptions;
import io.psrpc.bus.MessageBus;
import java.util.HashMap;
import java.util.Map;

/** A machine with so many cores, which it gives to jobs. */
final class Worker implements WorkersHandler {
    private final String name;
    /** By id, and guarded by this. */
    private final Map<String, Running> jobs = new HashMap<>();

    private int freeCores;
    private boolean isLeaving;

    Worker(String name, int cores) {
        this.name = name;
        this.freeCores = cores;
    }

    /** Ends with the bus, or when the server is closed. */
    WorkersServer start(MessageBus bus, Map<String, String> tenantsByToken) {
        ServerOptions options = ServerOptions.builder()
                .serverId(name)
                .interceptor(Tenants.knowing(tenantsByToken))
                .build();
        WorkersServer server = WorkersServer.start(bus, this, options);
        server.registerStopJobTopic(name);
        return server;
    }

    /** Takes no more jobs, and does not bid for any. Those that run go on. */
    synchronized void leave() {
        isLeaving = true;
    }

    /**
     * The free cores: the more, the better. Zero says that there is no room, and the caller knows at once; below zero nothing is said,
     * and a caller that expects a bid waits for it.
     */
    @Override
    public synchronized float startJobAffinity(RequestContext ctx, Job job) {
        if (isLeaving) {
            return -1;
        }
        return job.getCores() > freeCores ? 0 : freeCores;
    }

    @Override
    public synchronized JobStarted startJob(RequestContext ctx, Job job) {
        check(job);
        // Other jobs may have come between the bid and this.
        if (job.getCores() > freeCores) {
            throw ErrorCode.RESOURCE_EXHAUSTED.error("cores: %d (expected: <= %d)", job.getCores(), freeCores);
        }
        if (jobs.putIfAbsent(job.getId(), new Running(Tenants.of(ctx), job.getCores())) != null) {
            throw ErrorCode.ALREADY_EXISTS.error("id: %s (expected: one that is not running)", job.getId());
        }
        freeCores -= job.getCores();
        return JobStarted.newBuilder().setWorker(name).setFreeCores(freeCores).build();
    }

    @Override
    public synchronized JobStopped stopJob(RequestContext ctx, JobId request) {
        Running job = jobs.get(request.getId());
        if (job == null) {
            throw ErrorCode.NOT_FOUND.error("id: %s (expected: one of %s)", request.getId(), jobs.keySet());
        }
        if (!job.tenant.equals(Tenants.of(ctx))) {
            throw ErrorCode.PERMISSION_DENIED.error("id: %s (expected: a job of %s)", request.getId(), Tenants.of(ctx));
        }
        jobs.remove(request.getId());
        freeCores += job.cores;
        return JobStopped.newBuilder().setFreeCores(freeCores).build();
    }

    /** A message for people, and a detail for programs. */
    private static void check(Job job) {
        Refusal.Builder refusal = Refusal.newBuilder();
        if (job.getId().isEmpty()) {
            refusal.addFieldsBuilder().setName("id").setExpected("not empty");
        }
        if (job.getCores() <= 0) {
            refusal.addFieldsBuilder()
                    .setName("cores")
                    .setValue(String.valueOf(job.getCores()))
                    .setExpected("> 0");
        }
        if (refusal.getFieldsCount() > 0) {
            throw ErrorCode.INVALID_ARGUMENT
                    .error("job: %d fields are wrong", refusal.getFieldsCount())
                    .withDetails(refusal.build());
        }
    }

    private record Running(String tenant, int cores) {}
}
