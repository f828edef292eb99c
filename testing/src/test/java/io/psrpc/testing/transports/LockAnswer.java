package io.psrpc.testing.transports;

/** How a {@link RedisLikeBroker} answers who asks for a frame's lock. */
public enum LockAnswer {
    /** As it is. */
    GIVEN,
    /** Taken when it is asked for, told when the test gives the answer. */
    HELD,
    /** The command fails, nothing is taken. */
    FAILING,
    /** Taken, and the answer lost: the command fails. */
    LOST
}
