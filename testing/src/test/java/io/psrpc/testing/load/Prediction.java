package io.psrpc.testing.load;

import io.psrpc.stub.MethodDefinition;
import io.psrpc.testing.Faults.Fate;
import io.psrpc.testing.Faults.Kind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a call must end, from what became of its frames. A doubled or delayed frame counts as one that got through: all delays are shorter
 * than all timers.
 *
 * <ul>
 *   <li>queue, claim skipped: request and response have to get through. The client still selects when either is lost: nobody has
 *       answered it.
 *   <li>queue with a claim, affinity: request, at least one bid, the grant and the response. Without a bid the selection ends with
 *       nobody; after the grant the deadline ends the call. Of the bids that got through the highest wins.
 *   <li>single server: request and response, else the deadline.
 *   <li>multi: the answers that got through; what the request did not reach cannot answer.
 * </ul>
 *
 * @param success whether the call has an answer
 * @param failure how it fails if it has none
 * @param answers who answers a multi call
 * @param runs by how many handlers the request is run
 * @param runner the server that runs it; -1: whoever's turn it is
 */
record Prediction(boolean success, String failure, List<String> answers, int runs, int runner) {
    private static final String NOBODY = "UNAVAILABLE no response from servers";
    private static final String TIMED_OUT = "DEADLINE_EXCEEDED request timed out";
    private static final List<Integer> SERVERS_BY_AFFINITY = List.of(1, 2, 0);

    static Prediction of(MethodDefinition<?, ?> method, List<Fate> fates) {
        boolean requested = DrawnFaults.arrivals(fates, Kind.REQUEST).get(0);
        List<Boolean> responses = DrawnFaults.arrivals(fates, Kind.RESPONSE);
        if (method == LoadService.MULTI) {
            List<String> answers = IntStream.range(0, responses.size())
                    .filter(responses::get)
                    .mapToObj(i -> "SRV_" + i)
                    .toList();
            return new Prediction(true, "", answers, requested ? 3 : 0, -1);
        }
        if (!requested) {
            return failed(method == LoadService.SINGLE ? TIMED_OUT : NOBODY, 0, -1);
        }
        if (method == LoadService.QUEUE) {
            return responses.get(0) ? succeeded(-1) : failed(NOBODY, 1, -1);
        }
        if (method == LoadService.SINGLE) {
            return responses.get(0) ? succeeded(0) : failed(TIMED_OUT, 1, 0);
        }
        return claimed(method, fates);
    }

    private static Prediction claimed(MethodDefinition<?, ?> method, List<Fate> fates) {
        List<Boolean> bids = DrawnFaults.arrivals(fates, Kind.CLAIM);
        if (!bids.contains(true)) {
            return failed(NOBODY, 0, -1);
        }
        int winner = method == LoadService.AFFINITY
                ? SERVERS_BY_AFFINITY.stream().filter(bids::get).findFirst().orElseThrow()
                : 0;
        if (!DrawnFaults.arrivals(fates, Kind.GRANT).get(0)) {
            return failed(TIMED_OUT, 0, -1);
        }
        return DrawnFaults.arrivals(fates, Kind.RESPONSE).get(0) ? succeeded(winner) : failed(TIMED_OUT, 1, winner);
    }

    private static Prediction succeeded(int runner) {
        return new Prediction(true, "", List.of(), 1, runner);
    }

    private static Prediction failed(String failure, int runs, int runner) {
        return new Prediction(false, failure, List.of(), runs, runner);
    }

    String end(MethodDefinition<?, ?> method, int call) {
        if (method == LoadService.MULTI) {
            return answers.toString();
        }
        return success ? "answer " + call : failure;
    }

    boolean isRunBy(List<Integer> servers) {
        boolean noneTwice = servers.stream().distinct().count() == servers.size();
        return noneTwice && servers.size() == runs && (runner < 0 || servers.equals(List.of(runner)));
    }
}
