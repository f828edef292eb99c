package com.example.greeter;

import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;

/** Serves and calls the greeter on the in-process bus. */
public final class Main {
    private Main() {}

    /** Greets the name that it is given. */
    public static void main(String[] arguments) {
        GreeterHandler handler = (ctx, request) -> Greeting.newBuilder()
                .setText("Hello, " + request.getName() + ", from " + GreetTopic.of(ctx).city() + "!")
                .build();
        try (MessageBus bus = LocalMessageBus.create();
                GreeterServer server = GreeterServer.start(bus, handler);
                GreeterClient client = GreeterClient.create(bus)) {
            server.registerGreetTopic(new GreetTopic("Oslo"));
            Name name = Name.newBuilder().setName(arguments[0]).build();
            System.out.println(client.greet(new GreetTopic("Oslo"), name).getText());
        }
    }
}
