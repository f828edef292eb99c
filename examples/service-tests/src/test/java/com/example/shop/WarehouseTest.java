package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.warehouse.Article;
import com.example.warehouse.Receipt;
import com.example.warehouse.Reservation;
import com.example.warehouse.WarehouseClient;
import com.example.warehouse.WarehousePublisher;
import com.example.warehouse.WarehouseServer;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Subscription;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.PsrpcExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Service and client over a bus, also one that loses messages. The time of the bus passes when the test says so. */
class WarehouseTest {
    private static final CallOptions ADA = CallOptions.DEFAULT.withMetadata(Hall.CUSTOMER, "Ada");

    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create().withManualTime();

    private WarehousePublisher news;
    private WarehouseServer server;
    private WarehouseClient client;

    @BeforeEach
    void open() {
        news = WarehousePublisher.create(psrpc.bus());
        server = WarehouseServer.start(psrpc.bus(), new Hall(news::publishSoldOut).put("pens", 10));
        client = WarehouseClient.create(psrpc.bus());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        news.close();
    }

    @Test
    void anErrorKeepsItsCodeItsMessageAndItsSender() {
        PsrpcException e = assertThrows(PsrpcException.class, () -> client.reserve(pens("r1", 11), ADA));

        assertEquals(ErrorCode.RESOURCE_EXHAUSTED, e.code());
        assertEquals("pieces: 11 (expected: <= 10)", e.getMessage());
        assertEquals(server.serverId(), e.serverId().orElseThrow());
    }

    @Test
    void theLastPieceIsNews() {
        try (Subscription<Article> soldOut = client.subscribeSoldOut()) {
            client.reserve(pens("r1", 10), ADA);

            assertEquals("pens", soldOut.next().orElseThrow().getName());
        }
    }

    @Test
    void aCallWhoseResponseIsLostEndsAtItsDeadlineAlthoughItWasServed() {
        psrpc.faults().dropNext(Kind.RESPONSE, 1);

        CompletableFuture<Receipt> call = client.async().reserve(pens("r1", 4), ADA);
        psrpc.faults().await(Kind.RESPONSE, 1);
        psrpc.time().advance(Duration.ofSeconds(3));

        CompletionException e = assertThrows(CompletionException.class, call::join);
        assertEquals(ErrorCode.DEADLINE_EXCEEDED, PsrpcException.from(e).code());
        assertEquals(6, new Shop(client).stock("pens"));
    }

    @Test
    void whatIsAskedForAgainAfterALostResponseIsSoldOnce() {
        psrpc.faults().dropNext(Kind.RESPONSE, 1);

        CompletableFuture<String> order =
                CompletableFuture.supplyAsync(() -> new Shop(client).order("r1", "Ada", "pens", 4));
        psrpc.faults().await(Kind.RESPONSE, 1);
        psrpc.time().advance(Duration.ofSeconds(3));

        assertEquals("sold to Ada", order.join());
        assertEquals(6, new Shop(client).stock("pens"));
    }

    @Test
    void aRequestThatIsDeliveredTwiceRunsOnce() {
        psrpc.faults().duplicateNext(Kind.REQUEST, 1);

        client.reserve(pens("r1", 4), ADA);

        assertEquals(6, new Shop(client).stock("pens"));
    }

    private static Reservation pens(String id, int pieces) {
        return Reservation.newBuilder()
                .setId(id)
                .setArticle("pens")
                .setPieces(pieces)
                .build();
    }
}
