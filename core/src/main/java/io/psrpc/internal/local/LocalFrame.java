package io.psrpc.internal.local;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.Turn;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * A published frame. Its turn in the address's queue is the moment in which it goes out: then its time must not be over, and then those
 * who are subscribed get it and are counted.
 */
record LocalFrame(TransportHost from, OutgoingFrame frame, PublishListener listener) implements LocalAddress.Step {
    private static final System.Logger LOG = System.getLogger(LocalFrame.class.getName());

    @Override
    public void run(LocalAddress at) {
        boolean isOver = isOver();
        Members members = at.members();
        try {
            if (isOver) {
                listener.onFailed(new PsrpcException(ErrorCode.UNAVAILABLE, "not sent before its time was over"));
            } else {
                listener.onPublished(members.connections());
            }
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "A publish listener of " + at.name() + " failed", failure);
        }
        if (!isOver) {
            deliver(at, members.plain(), members.group());
        }
    }

    private boolean isOver() {
        long notAfter = frame.notAfterNanos();
        // The largest value means never, wherever the clock starts.
        return notAfter != Long.MAX_VALUE && from.time().nanoTime() - notAfter > 0;
    }

    /** A listener owns what it gets, so only the last one may get the frame itself. */
    private void deliver(LocalAddress at, List<LocalSubscription> plain, List<LocalSubscription> group) {
        byte[] bytes = frame.bytes();
        int last = group.isEmpty() ? plain.size() - 1 : plain.size();
        for (int i = 0; i < plain.size(); i++) {
            plain.get(i).deliver(i == last ? bytes : bytes.clone(), Turn.HELD);
        }
        if (!group.isEmpty()) {
            new LocalTurn(from, at, group, bytes).offer();
        }
    }
}
