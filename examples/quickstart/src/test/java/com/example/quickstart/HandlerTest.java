package com.example.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.api.MyRequest;
import com.example.api.MyServiceClient;
import com.example.api.MyServiceServer;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.testing.PsrpcExtension;
import io.psrpc.testing.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HandlerTest {
    private static final MyRequest ADA = MyRequest.newBuilder().setName("Ada").build();

    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create();

    @Test
    void greetsWhoeverAsks() {
        Handler alice = new Handler("alice", 1);

        assertEquals(
                "hello Ada, this is alice",
                alice.normalRPC(TestContext.any(), ADA).getText());
    }

    @Test
    void theOneThatIsIdleTheMostDoesTheWork() {
        try (MyServiceServer alice = MyServiceServer.start(psrpc.bus(), new Handler("alice", 0.2f));
                MyServiceServer bob = MyServiceServer.start(psrpc.bus(), new Handler("bob", 0.9f));
                MyServiceClient client = MyServiceClient.create(psrpc.bus())) {
            assertEquals("bob did the work", client.intensiveRPC(ADA).getText());
        }
    }

    @Test
    void refusesARequestWithoutAName() {
        try (MyServiceServer alice = MyServiceServer.start(psrpc.bus(), new Handler("alice", 1));
                MyServiceClient client = MyServiceClient.create(psrpc.bus())) {
            PsrpcException e =
                    assertThrows(PsrpcException.class, () -> client.normalRPC(MyRequest.getDefaultInstance()));

            assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
        }
    }
}
