package io.psrpc.testing.behaviours.servers;

import io.psrpc.testing.Faults;
import io.psrpc.testing.Faults.Kind;

/** How many frames there have been. */
record FrameCounts(int requests, int bids, int grants, int responses) {
    /** Of one call for which a server bids. */
    static final FrameCounts NEGOTIATED = new FrameCounts(1, 1, 1, 1);
    /** Of one call whose claim is skipped, and whose answer is quick. */
    static final FrameCounts ONE_ROUND_TRIP = new FrameCounts(1, 0, 0, 1);

    /** What {@code calls}, which end, take. */
    static FrameCounts during(Scene scene, Runnable calls) {
        FrameCounts before = of(scene.faults());
        calls.run();
        scene.awaitQuiet();
        return of(scene.faults()).since(before);
    }

    static FrameCounts of(Faults faults) {
        return new FrameCounts(
                faults.count(Kind.REQUEST),
                faults.count(Kind.CLAIM),
                faults.count(Kind.GRANT),
                faults.count(Kind.RESPONSE));
    }

    private FrameCounts since(FrameCounts before) {
        return new FrameCounts(
                requests - before.requests, bids - before.bids, grants - before.grants, responses - before.responses);
    }
}
