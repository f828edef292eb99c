/** Remote procedure calls over a publish/subscribe bus. Start at {@code io.psrpc}. */
@SuppressWarnings("module") // the testing kit is compiled after this
module io.psrpc {
    requires transitive com.google.protobuf;
    requires transitive io.psrpc.proto;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports io.psrpc;
    exports io.psrpc.bus;
    exports io.psrpc.stub;

    // Manual time, and the check for what a test has left behind, look inside.
    exports io.psrpc.internal.bus to
            io.psrpc.testing;
    exports io.psrpc.internal.execution to
            io.psrpc.testing;
    exports io.psrpc.internal.time to
            io.psrpc.testing;
    exports io.psrpc.internal.wire to
            io.psrpc.testing;
}
