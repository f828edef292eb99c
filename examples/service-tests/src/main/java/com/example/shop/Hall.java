package com.example.shop;

import com.example.warehouse.Article;
import com.example.warehouse.Receipt;
import com.example.warehouse.Reservation;
import com.example.warehouse.Stock;
import com.example.warehouse.WarehouseHandler;
import io.psrpc.ErrorCode;
import io.psrpc.RequestContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The service: a hall of the warehouse. */
final class Hall implements WarehouseHandler {
    static final String CUSTOMER = "customer";

    private final Consumer<Article> soldOut;
    /** Pieces by article; guarded by this, as are the receipts. */
    private final Map<String, Integer> stock = new HashMap<>();
    /** By reservation, so that one that is asked for again is not made twice. */
    private final Map<String, Receipt> receipts = new HashMap<>();

    Hall(Consumer<Article> soldOut) {
        this.soldOut = soldOut;
    }

    synchronized Hall put(String article, int pieces) {
        stock.merge(article, pieces, Integer::sum);
        return this;
    }

    @Override
    public synchronized Receipt reserve(RequestContext ctx, Reservation request) {
        String customer = ctx.metadata().get(CUSTOMER);
        if (customer == null) {
            throw ErrorCode.UNAUTHENTICATED.error("customer: none (expected: a name in the metadata)");
        }
        return receipts.computeIfAbsent(request.getId(), id -> take(request, customer));
    }

    @Override
    public synchronized Stock getStock(RequestContext ctx, Article request) {
        return stock(request.getName());
    }

    private Receipt take(Reservation request, String customer) {
        Stock present = stock(request.getArticle());
        int left = present.getPieces() - request.getPieces();
        if (left < 0) {
            throw ErrorCode.RESOURCE_EXHAUSTED
                    .error("pieces: %d (expected: <= %d)", request.getPieces(), present.getPieces())
                    .withDetails(present);
        }
        stock.put(request.getArticle(), left);
        if (left == 0) {
            soldOut.accept(Article.newBuilder().setName(request.getArticle()).build());
        }
        return Receipt.newBuilder()
                .setReservation(request.getId())
                .setCustomer(customer)
                .build();
    }

    private Stock stock(String article) {
        return Stock.newBuilder().setPieces(stock.getOrDefault(article, 0)).build();
    }
}
