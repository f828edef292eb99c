package io.psrpc.testing.transports;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.execution.SerialQueue;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One process's connection to a {@link FakeBroker}; {@link FakeBroker#connect} makes it. */
public final class FakeConnection implements BusTransport {
    private enum Link {
        UP,
        DOWN,
        CLOSED
    }

    private final FakeBroker broker;
    private final String name;
    private final @Nullable ExecutorService reader;
    private final Executor frames;
    private final Executor answers;
    private final AtomicReference<Link> link = new AtomicReference<>(Link.UP);
    private volatile @Nullable TransportHost host;

    FakeConnection(FakeBroker broker, String name, Dispatch dispatch) {
        this.broker = broker;
        this.name = name;
        reader = dispatch == Dispatch.READERS ? Executors.newSingleThreadExecutor(this::readerThread) : null;
        Executor thread = reader == null ? Runnable::run : reader;
        frames = new SerialQueue(thread);
        answers = new SerialQueue(thread);
    }

    private Thread readerThread(Runnable loop) {
        Thread thread = new Thread(loop, name + " reader");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        this.host = host;
        return isConnected() ? CompletableFuture.completedFuture(null) : CompletableFuture.failedFuture(notConnected());
    }

    @Override
    public String address(BusChannel channel) {
        return broker.address(channel);
    }

    @Override
    public @Nullable String keyAddress(BusChannel channel) {
        return broker.keyAddress(channel);
    }

    @Override
    public boolean sharesAddresses() {
        return broker.sharesAddresses();
    }

    @Override
    public int maxFrameBytes() {
        return broker.maxFrameBytes();
    }

    @Override
    public ReceiverCount receiverCount() {
        return broker.receiverCount();
    }

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        if (!isConnected()) {
            listener.onFailed(notConnected());
        } else if (isOver(frame)) {
            listener.onFailed(ErrorCode.UNAVAILABLE.error("%s: expired before it was sent", name));
        } else if (!broker.fits(frame.address())) {
            listener.onFailed(tooLong(frame.address()));
        } else if (broker.refuses(frame.address())) {
            listener.onFailed(refused(frame.address()));
        } else {
            broker.publish(this, frame, listener);
        }
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        if (link.get() == Link.CLOSED) {
            return CompletableFuture.failedFuture(notConnected());
        }
        if (!broker.fits(address)) {
            return CompletableFuture.failedFuture(tooLong(address));
        }
        if (broker.refuses(address)) {
            return CompletableFuture.failedFuture(refused(address));
        }
        FakeSubscription subscription = new FakeSubscription(this, delivery, listener);
        CompletableFuture<TransportSubscription> confirmed = new CompletableFuture<>();
        broker.subscribe(
                address,
                subscription,
                () -> confirmed.complete(() -> {
                    broker.unsubscribe(address, subscription);
                    return subscription.end();
                }));
        return confirmed;
    }

    /** Loses the connection: publishes fail, frames of others pass by, what was unanswered fails. */
    public void disconnect() {
        if (link.compareAndSet(Link.UP, Link.DOWN)) {
            broker.heldAnswers().fail(this);
            tell(BusState.Status.DISCONNECTED);
        }
    }

    /** Has the connection back, with its subscriptions, which see the gap. */
    public void reconnect() {
        if (link.compareAndSet(Link.DOWN, Link.UP)) {
            tell(BusState.Status.CONNECTED);
            broker.subscriptionsOf(this).forEach(FakeSubscription::gap);
        }
    }

    @Override
    public void close() {
        if (link.getAndSet(Link.CLOSED) != Link.CLOSED) {
            broker.forget(this);
            if (reader != null) {
                reader.shutdown();
            }
        }
    }

    /** Neither lost nor closed. */
    public boolean isConnected() {
        return link.get() == Link.UP;
    }

    PsrpcException notConnected() {
        return ErrorCode.UNAVAILABLE.error("%s: not connected", name);
    }

    private PsrpcException tooLong(String address) {
        return ErrorCode.INVALID_ARGUMENT.error(
                "address: %d characters, %s… (expected: at most %d bytes on %s)",
                address.length(), address.substring(0, 40), broker.maxAddressBytes(), name);
    }

    private PsrpcException refused(String address) {
        return ErrorCode.PERMISSION_DENIED.error("%s: no access to %s", name, address);
    }

    /** Calls a listener, if the connection is there when its turn comes. */
    void read(Runnable call) {
        frames.execute(() -> {
            if (isConnected()) {
                EngineThread.run(call);
            }
        });
    }

    /** Runs behind everything that is being read, connected or not. */
    void readLast(Runnable call) {
        frames.execute(() -> EngineThread.run(call));
    }

    /** Gives an answer of the broker's, behind those that came before. */
    void answer(Runnable answer) {
        answers.execute(() -> EngineThread.run(answer));
    }

    private boolean isOver(OutgoingFrame frame) {
        long notAfter = frame.notAfterNanos();
        return notAfter != Long.MAX_VALUE && host().time().nanoTime() - notAfter > 0;
    }

    private void tell(BusState.Status status) {
        TransportHost told = host;
        if (told != null) {
            told.stateChanged(new BusState(status, told.time().now(), "on purpose"));
        }
    }

    private TransportHost host() {
        return Objects.requireNonNull(host, "host");
    }
}
