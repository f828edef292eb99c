package io.psrpc.testing.transports;

import io.psrpc.PsrpcException;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One publish: notes how it went. */
public final class FakePublish implements PublishListener {
    private final List<String> told = new CopyOnWriteArrayList<>();

    private FakePublish() {}

    /** A listener for a frame that goes out by other means. */
    public static FakePublish unsent() {
        return new FakePublish();
    }

    /** Publishes text that does not expire. */
    public static FakePublish of(BusTransport transport, String address, String text) {
        return of(transport, address, text.getBytes(StandardCharsets.UTF_8), Long.MAX_VALUE);
    }

    /** Publishes bytes, and wants to know whether somebody is there. */
    public static FakePublish of(BusTransport transport, String address, byte[] bytes, long notAfterNanos) {
        FakePublish publish = new FakePublish();
        transport.publish(new OutgoingFrame(address, bytes, notAfterNanos, true), publish);
        return publish;
    }

    /** {@code "published 2"}, {@code "nobody"}, {@code "UNAVAILABLE"}; in order. */
    public List<String> told() {
        return told;
    }

    @Override
    public void onPublished(long receivers) {
        told.add("published " + receivers);
    }

    @Override
    public void onNobodyThere() {
        told.add("nobody");
    }

    @Override
    public void onFailed(PsrpcException failure) {
        told.add(failure.code().name());
    }
}
