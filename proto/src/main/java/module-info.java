/** Protobuf classes that PSRPC services need: method options, and the messages of the wire. */
module io.psrpc.proto {
    requires transitive com.google.protobuf;

    exports io.psrpc.options;
    exports io.psrpc.wire;
}
