package io.psrpc.testing.contract;

/** The way to the broker, which a test takes away and gives back. */
public interface Outage {
    /** Breaks all connections of the test at once, and lets none come back. May return before their clients have noticed. */
    void begin();

    /** Lets them come back. May return before they are back. */
    void end();
}
