package com.example.greeter;

import com.example.names.Name;
import com.example.names.NamesClient;
import com.example.names.NamesPublisher;
import io.psrpc.RequestContext;
import io.psrpc.Subscription;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;

/** Uses the services of both modules. */
public final class Main {
    private Main() {}

    /** Greets the name that it is given, by way of the other module's service. */
    public static void main(String[] arguments) {
        try (MessageBus bus = LocalMessageBus.create();
                NamesClient names = NamesClient.create(bus);
                NamesPublisher publisher = NamesPublisher.create(bus);
                Subscription<Name> renamed = names.subscribeRenamed();
                GreeterServer server = GreeterServer.start(bus, new Greeter());
                GreeterClient client = GreeterClient.create(bus)) {
            publisher.publishRenamed(Name.newBuilder().setName(arguments[0]).build());
            Name name = renamed.next().orElseThrow();
            System.out.println(client.greet(name).getText());
        }
    }

    private static final class Greeter implements GreeterHandler {
        @Override
        public Greeting greet(RequestContext ctx, Name request) {
            return Greeting.newBuilder()
                    .setText("Hello, " + request.getName() + ", from " + ctx.method().method() + "!")
                    .build();
        }

        @Override
        public float greetAffinity(RequestContext ctx, Name request) {
            return 1;
        }
    }
}
