package io.psrpc.protoc;

import io.psrpc.options.Routing;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds queue methods beside queue subscriptions on topics of one shape. Their requests and updates share one NATS
 * subject and queue group: our own members hand on what is not theirs, members written in Go swallow it.
 */
final class SharedQueues {
    private SharedQueues() {}

    /** One warning for each subscription that has such company. */
    static Stream<String> of(Service service) {
        return service.subscriptions().stream()
                .filter(SharedQueues::isQueue)
                .flatMap(subscription -> warning(service, subscription));
    }

    private static Stream<String> warning(Service service, Method subscription) {
        List<Method> methods = service.unary().stream()
                .filter(method -> isQueue(method) && parts(method) == parts(subscription))
                .toList();
        if (methods.isEmpty()) {
            return Stream.empty();
        }
        String names = methods.stream().map(Method::wireName).collect(Collectors.joining(", "));
        return Stream.of(
                "%s: queue subscription beside queue methods %s on topics of the same shape (expected: services of their own); on NATS, members written in Go lose each other's messages"
                        .formatted(subscription.place(), names));
    }

    private static boolean isQueue(Method method) {
        return method.routing() == Routing.QUEUE;
    }

    private static int parts(Method method) {
        return method.topics().map(topics -> topics.partNames().size()).orElse(0);
    }
}
