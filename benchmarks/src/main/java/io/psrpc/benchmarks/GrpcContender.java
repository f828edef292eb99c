package io.psrpc.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.psrpc.benchmarks.echo.Payload;
import io.psrpc.benchmarks.echo.QueueEchoGrpc;
import io.psrpc.benchmarks.echo.QueueEchoGrpc.QueueEchoBlockingStub;
import io.psrpc.benchmarks.echo.QueueEchoGrpc.QueueEchoStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** grpc-java's in-process transport, which hands over messages without serialising them, through its generated stubs. */
final class GrpcContender implements Contender {
    /** What ours have by default. */
    private static final long DEADLINE_SECONDS = 3;

    private final Server server;
    private final ManagedChannel channel;
    private final QueueEchoBlockingStub blocking;
    private final QueueEchoStub async;
    private final boolean hasDeadlines;

    private GrpcContender(Server server, ManagedChannel channel, boolean hasDeadlines) {
        this.server = server;
        this.channel = channel;
        this.hasDeadlines = hasDeadlines;
        this.blocking = QueueEchoGrpc.newBlockingStub(channel);
        this.async = QueueEchoGrpc.newStub(channel);
    }

    /** @param hasDeadlines every call has one, as ours always have; without, grpc-java sets no timer */
    static Contender start(Executors executors, boolean hasDeadlines) {
        String name = InProcessServerBuilder.generateName();
        InProcessServerBuilder server = InProcessServerBuilder.forName(name).addService(new Echo());
        InProcessChannelBuilder channel = InProcessChannelBuilder.forName(name);
        if (executors == Executors.DIRECT) {
            server.directExecutor();
            channel.directExecutor();
        }
        try {
            return new GrpcContender(server.build().start(), channel.build(), hasDeadlines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return hasDeadlines ? "grpc deadline" : "grpc";
    }

    @Override
    public void call(Payload payload) {
        (hasDeadlines ? blocking.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS) : blocking).echo(payload);
    }

    @Override
    public void callAsync(Payload payload, Lane lane) {
        (hasDeadlines ? async.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS) : async)
                .echo(payload, new Answer(lane));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    private static final class Echo extends QueueEchoGrpc.QueueEchoImplBase {
        @Override
        public void echo(Payload request, StreamObserver<Payload> response) {
            response.onNext(request);
            response.onCompleted();
        }
    }

    /** A call has ended when its stream has. */
    private record Answer(Lane lane) implements StreamObserver<Payload> {
        @Override
        public void onNext(Payload answer) {}

        @Override
        public void onError(Throwable failure) {
            lane.accept(null, failure);
        }

        @Override
        public void onCompleted() {
            lane.accept(null, null);
        }
    }
}
