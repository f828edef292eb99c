package io.psrpc.internal.local;

import io.psrpc.PsrpcException;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;

/** Publishes again as soon as it hears that nobody was there. */
final class AgainAndAgain implements PublishListener {
    private final BusTransport transport;
    private final int limit;
    private int count;

    AgainAndAgain(BusTransport transport, int limit) {
        this.transport = transport;
        this.limit = limit;
    }

    void publish() {
        transport.publish(new OutgoingFrame("nobody", new byte[0], Long.MAX_VALUE, true), this);
    }

    int count() {
        return count;
    }

    @Override
    public void onPublished(long receivers) {
        if (++count < limit) {
            publish();
        }
    }

    @Override
    public void onNobodyThere() {
        throw new AssertionError("the count says it");
    }

    @Override
    public void onFailed(PsrpcException failure) {
        throw failure;
    }
}
