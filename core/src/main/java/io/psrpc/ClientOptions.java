package io.psrpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all calls and subscriptions of a client have in common. Immutable. */
public final class ClientOptions {
    /** A random id, 3 s for a call, 10 s to start. */
    public static final ClientOptions DEFAULT = builder().build();

    private final @Nullable String clientId;
    private final @Nullable Duration timeout;
    private final Duration startTimeout;
    private final Selection selection;
    private final SubscriptionOptions subscriptions;
    private final List<ClientInterceptor> interceptors;
    private final List<ClientObserver> observers;

    private ClientOptions(Builder builder) {
        clientId = builder.clientId;
        timeout = builder.timeout;
        startTimeout = builder.startTimeout;
        selection = builder.selection;
        subscriptions = builder.subscriptions;
        interceptors = List.copyOf(builder.interceptors);
        observers = List.copyOf(builder.observers);
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The id under which servers know the client; empty: a random one. */
    public Optional<String> clientId() {
        return Optional.ofNullable(clientId);
    }

    /** The timeout of calls that set none; empty: 3 s, unless the call has the deadline of a request. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** How long starting may take. */
    public Duration startTimeout() {
        return startTimeout;
    }

    /** How servers are chosen where the call leaves it open. */
    public Selection selection() {
        return selection;
    }

    /** The options of subscriptions that bring none. */
    public SubscriptionOptions subscriptions() {
        return subscriptions;
    }

    /** What stands around every call, outermost first; unmodifiable. */
    public List<ClientInterceptor> interceptors() {
        return interceptors;
    }

    /** Who watches; unmodifiable. */
    public List<ClientObserver> observers() {
        return observers;
    }

    /** Collects options; not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String clientId;
        private @Nullable Duration timeout;
        private Duration startTimeout = Duration.ofSeconds(10);
        private Selection selection = Selection.DEFAULT;
        private SubscriptionOptions subscriptions = SubscriptionOptions.DEFAULT;
        private final List<ClientInterceptor> interceptors = new ArrayList<>();
        private final List<ClientObserver> observers = new ArrayList<>();

        private Builder() {}

        /**
         * Names the client. Default: a random id. No two clients may have one id: they would read each other's answers.
         *
         * @param id 1 to 256 characters; on NATS it must be one token of a subject
         */
        public Builder clientId(String id) {
            clientId = Check.id("clientId", id);
            return this;
        }

        /** Ends calls after so long that set no timeout of their own. Default 3 s. */
        public Builder timeout(Duration timeout) {
            this.timeout = Check.positive("timeout", timeout);
            return this;
        }

        /** Waits so long for the broker to confirm the client's channels. Default 10 s. */
        public Builder startTimeout(Duration timeout) {
            startTimeout = Check.positive("startTimeout", timeout);
            return this;
        }

        /** Chooses servers so, where the call leaves it open. Default: as the method's routing says. */
        public Builder selection(Selection selection) {
            this.selection = Objects.requireNonNull(selection, "selection");
            return this;
        }

        /** Buffers subscriptions so that bring no options of their own. */
        public Builder subscriptions(SubscriptionOptions options) {
            subscriptions = Objects.requireNonNull(options, "options");
            return this;
        }

        /** Adds an interceptor, inside of those added before. */
        public Builder interceptor(ClientInterceptor interceptor) {
            interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
            return this;
        }

        /** Adds an observer. */
        public Builder observer(ClientObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /** The options so far. */
        public ClientOptions build() {
            return new ClientOptions(this);
        }
    }
}
