package com.example.shop;

import com.example.warehouse.Article;
import com.example.warehouse.Receipt;
import com.example.warehouse.Reservation;
import com.example.warehouse.Stock;
import com.example.warehouse.WarehouseClient;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Responses;

/** What uses the service: a shop that sells what is in the warehouse. */
final class Shop {
    private final WarehouseClient warehouse;

    Shop(WarehouseClient warehouse) {
        this.warehouse = warehouse;
    }

    /** Sells, or says why not. */
    String order(String id, String customer, String article, int pieces) {
        Reservation reservation = Reservation.newBuilder()
                .setId(id)
                .setArticle(article)
                .setPieces(pieces)
                .build();
        try {
            CallOptions options = CallOptions.DEFAULT.withMetadata(Hall.CUSTOMER, customer);
            return "sold to " + reserve(reservation, options).getCustomer();
        } catch (PsrpcException e) {
            return switch (e.code()) {
                case RESOURCE_EXHAUSTED ->
                    e.detail(Stock.getDefaultInstance())
                            .map(stock -> "only " + stock.getPieces() + " left")
                            .orElseThrow(() -> e);
                case UNAVAILABLE -> "closed";
                default -> throw e;
            };
        }
    }

    /** In all halls; those that fail count as empty. */
    int stock(String article) {
        Article request = Article.newBuilder().setName(article).build();
        try (Responses<Stock> halls = warehouse.getStock(request)) {
            return halls.stream()
                    .flatMap(hall -> hall.value().stream())
                    .mapToInt(Stock::getPieces)
                    .sum();
        }
    }

    /** Asks a second time when the first may have been heard or not. */
    private Receipt reserve(Reservation reservation, CallOptions options) {
        try {
            return warehouse.reserve(reservation, options);
        } catch (PsrpcException e) {
            if (e.code() != ErrorCode.DEADLINE_EXCEEDED) {
                throw e;
            }
            return warehouse.reserve(reservation, options);
        }
    }
}
