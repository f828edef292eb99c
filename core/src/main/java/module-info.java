/** Remote procedure calls over a publish/subscribe bus. Start at {@code io.psrpc}. */
module io.psrpc {
    requires transitive com.google.protobuf;
    requires io.psrpc.proto;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports io.psrpc;
    exports io.psrpc.bus;
    exports io.psrpc.stub;
}
