package io.psrpc;

/** Something that holds until it is closed: a handler's place, a listener's. */
public interface Registration extends AutoCloseable {
    /** Takes it back and returns when the broker has confirmed. May be called twice. */
    @Override
    void close();
}
