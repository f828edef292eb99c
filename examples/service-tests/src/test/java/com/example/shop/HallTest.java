package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.example.warehouse.Article;
import com.example.warehouse.Reservation;
import com.example.warehouse.Stock;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.RequestContext;
import io.psrpc.testing.TestContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The handler alone: a class with methods, and a context that says what the test wants. */
class HallTest {
    private final List<Article> soldOut = new ArrayList<>();
    private final Hall hall = new Hall(soldOut::add).put("pens", 3);
    private final RequestContext ada =
            TestContext.builder().metadata(Hall.CUSTOMER, "Ada").build();

    @Test
    void aReservationIsForWhoeverAsks() {
        assertEquals("Ada", hall.reserve(ada, pens("r1", 2)).getCustomer());
        assertEquals(1, stock());
    }

    @Test
    void theLastPieceIsNews() {
        hall.reserve(ada, pens("r1", 3));

        assertEquals("pens", soldOut.get(0).getName());
    }

    @Test
    void whoAsksForTooMuchLearnsWhatIsLeft() {
        PsrpcException e = assertThrows(PsrpcException.class, () -> hall.reserve(ada, pens("r1", 4)));

        assertEquals(ErrorCode.RESOURCE_EXHAUSTED, e.code());
        assertEquals(3, e.detail(Stock.getDefaultInstance()).orElseThrow().getPieces());
    }

    @Test
    void aStrangerGetsNothing() {
        PsrpcException e = assertThrows(PsrpcException.class, () -> hall.reserve(TestContext.any(), pens("r1", 1)));

        assertEquals(ErrorCode.UNAUTHENTICATED, e.code());
        assertEquals(3, stock());
    }

    private int stock() {
        return hall.getStock(ada, Article.newBuilder().setName("pens").build()).getPieces();
    }

    private static Reservation pens(String id, int pieces) {
        return Reservation.newBuilder()
                .setId(id)
                .setArticle("pens")
                .setPieces(pieces)
                .build();
    }
}
