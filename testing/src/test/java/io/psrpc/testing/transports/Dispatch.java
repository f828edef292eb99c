package io.psrpc.testing.transports;

/** Where a connection's listeners are called. */
public enum Dispatch {
    /** On the publisher's thread; what a listener publishes to its own connection comes after it. The same every time. */
    INLINE,
    /** On one reader thread per connection. */
    READERS
}
