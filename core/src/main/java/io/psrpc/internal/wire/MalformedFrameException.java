package io.psrpc.internal.wire;

import io.psrpc.bus.BusStats.DropReason;
import java.io.IOException;
import java.io.Serial;

/**
 * A frame that must be dropped. It has no stack trace: frames come from others, and what is wrong with one says nothing
 * about this program.
 */
public final class MalformedFrameException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final DropReason reason;

    MalformedFrameException(DropReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static MalformedFrameException malformed(String message) {
        return new MalformedFrameException(DropReason.MALFORMED, message);
    }

    /** What to count it as: {@code MALFORMED}, {@code TOO_LARGE} or {@code UNKNOWN_CODEC}. */
    public DropReason reason() {
        return reason;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
