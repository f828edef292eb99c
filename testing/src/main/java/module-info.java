/** For tests of PSRPC services, and of transports. Start at {@code io.psrpc.testing}. */
module io.psrpc.testing {
    requires transitive io.psrpc;
    requires transitive org.junit.jupiter.api;
    requires static transitive com.google.errorprone.annotations;
    requires static org.jspecify;

    exports io.psrpc.testing;
    exports io.psrpc.testing.contract;
}
