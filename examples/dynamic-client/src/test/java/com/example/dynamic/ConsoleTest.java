package com.example.dynamic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Topic;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.PsrpcExtension;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsoleTest {
    private static final Topic CELLAR = Topic.of("cellar");

    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create();

    @Test
    void callsWhatTheDescriptorDescribes() throws Exception {
        try (RpcServer cellar = new Thermometer("t1", "cellar", 12, 1).start(psrpc.bus());
                Console console = console()) {
            assertEquals("value: 12.0", console.call("Read", CELLAR, "value: 'celsius'"));
            assertEquals("value: \"t1\"", console.call("List", Topic.NONE, ""));
        }
    }

    @Test
    void aServersErrorComesThrough() throws Exception {
        try (RpcServer cellar = new Thermometer("t1", "cellar", 12, 1).start(psrpc.bus());
                Console console = console()) {
            PsrpcException e =
                    assertThrows(PsrpcException.class, () -> console.call("Read", CELLAR, "value: 'parsec'"));

            assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
            assertEquals("t1", e.serverId().orElseThrow());
        }
    }

    private Console console() throws Exception {
        try (InputStream descriptors = Console.class.getResourceAsStream("/sensors.desc")) {
            return Console.open(psrpc.bus(), descriptors, "Sensors");
        }
    }
}
