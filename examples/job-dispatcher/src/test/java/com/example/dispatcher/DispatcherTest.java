package com.example.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.jobs.Job;
import com.example.jobs.Refusal;
import com.example.jobs.WorkersClient;
import com.example.jobs.WorkersServer;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.testing.PsrpcExtension;
import io.psrpc.testing.TestContext;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a clock that stands still: what these calls come to, they come to without waiting. */
class DispatcherTest {
    private static final Map<String, String> TENANTS = Map.of("s3cret", "acme");

    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create().withManualTime();

    private WorkersServer large;
    private WorkersServer small;

    @BeforeEach
    void startWorkers() {
        large = new Worker("large", 8).start(psrpc.bus(), TENANTS);
        small = new Worker("small", 2).start(psrpc.bus(), TENANTS);
    }

    @AfterEach
    void stopWorkers() {
        large.close();
        small.close();
    }

    @Test
    void aJobGoesToTheWorkerWithTheMostFreeCores() {
        try (WorkersClient client = client("s3cret")) {
            assertEquals("large", new Dispatcher(client).start(job("a", 1)).getWorker());
        }
    }

    @Test
    void aSmallJobCanBePutWhereItFits() {
        try (WorkersClient client = client("s3cret")) {
            assertEquals(
                    "small",
                    new Dispatcher(client).startWhereItFits(job("a", 1)).getWorker());
        }
    }

    @Test
    void nobodyTakesAJobThatIsTooLarge() {
        try (WorkersClient client = client("s3cret")) {
            PsrpcException e = assertThrows(PsrpcException.class, () -> new Dispatcher(client).start(job("a", 9)));

            assertEquals(ErrorCode.UNAVAILABLE, e.code());
        }
    }

    @Test
    void strangersStartNothing() {
        try (WorkersClient client = client("guess")) {
            PsrpcException e = assertThrows(PsrpcException.class, () -> new Dispatcher(client).start(job("a", 1)));

            assertEquals(ErrorCode.UNAUTHENTICATED, e.code());
        }
    }

    @Test
    void aRefusalNamesTheFields() {
        Worker worker = new Worker("alone", 1);

        PsrpcException e =
                assertThrows(PsrpcException.class, () -> worker.startJob(TestContext.any(), Job.getDefaultInstance()));

        Refusal refusal = e.detail(Refusal.getDefaultInstance()).orElseThrow();
        assertEquals("id", refusal.getFields(0).getName());
        assertEquals("cores", refusal.getFields(1).getName());
    }

    private WorkersClient client(String token) {
        ClientOptions options =
                ClientOptions.builder().interceptor(Tenants.sending(token)).build();
        return WorkersClient.create(psrpc.bus(), options);
    }

    private static Job job(String id, int cores) {
        return Job.newBuilder().setId(id).setCores(cores).build();
    }
}
