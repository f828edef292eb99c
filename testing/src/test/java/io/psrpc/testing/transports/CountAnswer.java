package io.psrpc.testing.transports;

/** When a {@link RedisLikeBroker} tells a publisher how many received its frame. */
public enum CountAnswer {
    /** Before the receivers are called, as far as threads allow. */
    BEFORE_DELIVERY,
    /** After the receivers are called, as far as threads allow. */
    AFTER_DELIVERY,
    /** When the test gives the answer. */
    HELD
}
