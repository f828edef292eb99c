package io.psrpc;

import java.time.Duration;

/** What all updates of a publisher have in common. Immutable. */
public final class PublisherOptions {
    /** 3 s for an update, 10 s for the start. */
    public static final PublisherOptions DEFAULT = builder().build();

    private final Duration timeout;
    private final Duration startTimeout;

    private PublisherOptions(Builder builder) {
        timeout = builder.timeout;
        startTimeout = builder.startTimeout;
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** How long the broker may take for an update. */
    public Duration timeout() {
        return timeout;
    }

    /** How long starting may take. */
    public Duration startTimeout() {
        return startTimeout;
    }

    /** Collects options; not safe for use by several threads. */
    public static final class Builder {
        private Duration timeout = Duration.ofSeconds(3);
        private Duration startTimeout = Duration.ofSeconds(10);

        private Builder() {}

        /** Fails an update {@code UNAVAILABLE} that the broker has not taken after so long. Default 3 s. */
        public Builder timeout(Duration timeout) {
            this.timeout = Check.positive("timeout", timeout);
            return this;
        }

        /** Waits so long for the bus's connection, where it is still on its way. Default 10 s. */
        public Builder startTimeout(Duration timeout) {
            startTimeout = Check.positive("startTimeout", timeout);
            return this;
        }

        /** The options so far. */
        public PublisherOptions build() {
            return new PublisherOptions(this);
        }
    }
}
