package io.psrpc.internal.wire;

/** The generation of PSRPC that a peer speaks: decides how a payload is carried and what channels are called. */
public enum WireProfile {
    /** Payloads as raw bytes, sanitised channel names, subjects and routing keys of their own (v0.6.0 and later). */
    CURRENT,
    /** Payloads in an {@code Any}, one topic part at most, every name as it is and the same everywhere (up to v0.2.7). */
    V0_1
}
