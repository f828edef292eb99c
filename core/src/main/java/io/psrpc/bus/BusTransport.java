package io.psrpc.bus;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames between processes: what someone writes to run PSRPC over another broker. {@link MessageBus#over} makes a bus of it
 * and does the rest, the same for all transports: envelopes, compression, routing by key, one subscription per address and delivery,
 * round robin inside the process, buffers, limits, counters and timers.
 *
 * <p>All methods return at once; none may block. They are called from any thread, also at the same time.
 */
public interface BusTransport extends AutoCloseable {
    /** What people read in messages: {@code "redis 10.0.0.7:6379"}. */
    String name();

    /**
     * Connects. Called once, before anything else but {@link #name}, {@link #address} and {@link #close}.
     *
     * @return done when connected: for the bus the state is {@link BusState.Status#CONNECTED} then; later changes are told to the host. A
     *     failure ends the bus
     */
    CompletionStage<Void> start(TransportHost host);

    /** The broker's name for a channel: usually {@link BusChannel#flat} or {@link BusChannel#subject}. A pure function. */
    String address(BusChannel channel);

    /**
     * Where a group's frame is handed on, once, when it reached a process that does not serve its key; null where each channel has an
     * address of its own, and for subjects that are not a group's alone: others get those frames anyway. A pure function of {@link
     * BusChannel#subject} and {@link BusChannel#key}; {@link BusChannel#flat} may be empty here.
     */
    default @Nullable String keyAddress(BusChannel channel) {
        return null;
    }

    /** True when several channels have one address: then envelopes are told apart by {@link BusChannel#key}. */
    boolean sharesAddresses();

    /**
     * The largest frame that goes through now, in bytes. Asked before each publish, so that none is larger unless it changes in between;
     * it may change when the connection does.
     */
    int maxFrameBytes();

    /** What a receiver count of this transport means now. May change: failover, cluster. */
    ReceiverCount receiverCount();

    /**
     * Sends a frame, and owns its bytes from now on. Never blocks: a queue that is full is a failure. So is an address over which the
     * broker would end the connection, as NATS does when a subject is too long for its control line: the frame fails, and everything
     * else goes on. Frames that one thread publishes to one address keep their order. Exactly one of {@link PublishListener#onPublished} and {@link PublishListener#onFailed} follows,
     * before or after this method returns.
     */
    void publish(OutgoingFrame frame, PublishListener listener);

    /**
     * Subscribes. Asked once per address and delivery; lives until it is unsubscribed, across reconnects.
     *
     * @return done when the broker has confirmed: what anyone publishes from then on arrives. Fails as a publish does, and then nothing
     *     is left of it. While the connection is lost it may fail {@code UNAVAILABLE}, or be done when the connection is back
     */
    CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener);

    /**
     * Gives back what it opened, not what it borrowed. Nothing is delivered afterwards; what is unanswered fails, and so does whatever is
     * asked from then on. May be called twice, without a {@link #start}, and from inside a {@link FrameListener}.
     */
    @Override
    void close();

    /** Who gets a frame. */
    enum Delivery {
        /** Everyone who subscribed. */
        EVERY_SUBSCRIBER,
        /** One of those who subscribed in this way. */
        ONE_OF_GROUP
    }

    /** What {@link PublishListener#onPublished} counts. */
    enum ReceiverCount {
        /** Not told, or not to be trusted. */
        UNKNOWN,
        /** Buses that are subscribed: a bus subscribes once, however many servers it has. */
        CONNECTIONS
    }
}
