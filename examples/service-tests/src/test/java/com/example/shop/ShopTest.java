package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.warehouse.Article;
import com.example.warehouse.Receipt;
import com.example.warehouse.Reservation;
import com.example.warehouse.Stock;
import com.example.warehouse.WarehouseClient;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Response;
import io.psrpc.Responses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What uses a client, without a service, and without a bus: a fake has the one method that is called. */
class ShopTest {
    @Test
    void aHallThatFailsCountsAsEmpty() {
        WarehouseClient fake = new WarehouseClient() {
            @Override
            public Responses<Stock> getStock(Article request, CallOptions options) {
                return Responses.of(
                        new Response.Success<>(
                                "north", Stock.newBuilder().setPieces(2).build()),
                        new Response.Failure<>("south", ErrorCode.INTERNAL.error("on fire")));
            }
        };

        assertEquals(2, new Shop(fake).stock("pens"));
    }

    @Test
    void asksAgainWhenTheFirstMayHaveBeenHeardOrNot() {
        List<String> asked = new ArrayList<>();
        WarehouseClient fake = new WarehouseClient() {
            @Override
            public Receipt reserve(Reservation request, CallOptions options) {
                asked.add(request.getId());
                if (asked.size() == 1) {
                    throw ErrorCode.DEADLINE_EXCEEDED.error("request timed out");
                }
                return Receipt.newBuilder()
                        .setCustomer(options.metadata().get(Hall.CUSTOMER))
                        .build();
            }
        };

        assertEquals("sold to Ada", new Shop(fake).order("r1", "Ada", "pens", 1));
        assertEquals(List.of("r1", "r1"), asked);
    }
}
