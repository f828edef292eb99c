package com.example.shop;

import com.example.warehouse.Article;
import com.example.warehouse.WarehouseClient;
import com.example.warehouse.WarehousePublisher;
import com.example.warehouse.WarehouseServer;
import io.psrpc.Subscription;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;

/** The shop and its warehouse, in one process. What the example is about stands in src/test. */
public final class ShopDemo {
    private ShopDemo() {}

    /** Sells, prints, ends. */
    public static void main(String[] args) {
        try (MessageBus bus = LocalMessageBus.create();
                WarehousePublisher news = WarehousePublisher.create(bus);
                WarehouseServer server = WarehouseServer.start(bus, new Hall(news::publishSoldOut).put("pens", 3));
                WarehouseClient client = WarehouseClient.create(bus);
                Subscription<Article> soldOut = client.subscribeSoldOut()) {
            Shop shop = new Shop(client);
            System.out.println("2 pens: " + shop.order("r1", "Ada", "pens", 2));
            System.out.println("2 pens: " + shop.order("r2", "Bob", "pens", 2));
            System.out.println("1 pen: " + shop.order("r3", "Bob", "pens", 1));
            System.out.println("sold out: " + soldOut.next().orElseThrow().getName());
            server.close();
            System.out.println("1 pen: " + shop.order("r4", "Eve", "pens", 1));
        }
        System.out.println("The tests of all this are in src/test/java.");
    }
}
