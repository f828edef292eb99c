package io.psrpc.internal.server;

import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.Registration;
import io.psrpc.Topic;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.execution.Waiting;
import io.psrpc.stub.Binding;
import io.psrpc.stub.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What a server serves: registers methods and topics, all or none, and ends them. */
final class Services {
    private record Key(String method, Topic topic) {}

    private final EngineServer server;
    private final EngineBus bus;
    private final ServiceDefinition service;
    private final Map<Key, Serving> current = new ConcurrentHashMap<>();

    Services(EngineServer server, ServiceDefinition service) {
        this.server = server;
        this.bus = server.bus();
        this.service = service;
    }

    Registration register(List<Binding> bindings) {
        List<Serving> entered = enter(bindings);
        try {
            awaitConfirmed(start(entered));
        } catch (RuntimeException e) {
            retire(entered);
            throw e;
        }
        return () -> close(entered);
    }

    private List<Serving> enter(List<Binding> bindings) {
        List<Serving> entered = new ArrayList<>();
        for (Binding binding : bindings) {
            Serving serving = new Serving(
                    new ServedMethod(server, checked(binding)), service.sharesQueueSubject(binding.method()));
            if (current.putIfAbsent(keyOf(serving), serving) != null) {
                forget(entered);
                throw ErrorCode.ALREADY_EXISTS.error(
                        "%s %s: server %s serves it already (expected: its registration closed first)",
                        serving.method().label(), binding.topic().parts(), server.serverId());
            }
            entered.add(serving);
        }
        return entered;
    }

    private Binding checked(Binding binding) {
        MethodInfo info = binding.method().info();
        if (!info.service().equals(service.name())) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "binding of %s.%s (expected: a method of %s)", info.service(), info.method(), service.name());
        }
        return binding;
    }

    private static Key keyOf(Serving serving) {
        return new Key(serving.method().info().method(), serving.method().topic());
    }

    private CompletableFuture<Void> start(List<Serving> entered) {
        return all(entered, serving -> serving.listenToGrants(bus.routes()))
                .thenCompose(heard -> all(entered, serving -> serving.listenToRequests(bus.routes())));
    }

    private void awaitConfirmed(CompletableFuture<Void> confirmed) {
        String what = "registering at server " + server.serverId() + " of " + service.name();
        if (!confirmed.isDone()) {
            Waiting.checkMayBlock(what);
        }
        Duration limit = server.options().startTimeout();
        Waiting.await(Waiting.orUnavailable(
                confirmed, bus.time(), limit, () -> what + ": not confirmed by " + bus.name() + " within " + limit));
    }

    private void forget(Collection<Serving> servings) {
        servings.forEach(serving -> current.remove(keyOf(serving), serving));
    }

    private CompletableFuture<Void> retire(List<Serving> servings) {
        forget(servings);
        return all(servings, Serving::retire);
    }

    private void close(List<Serving> servings) {
        CompletableFuture<Void> retired = retire(servings);
        if (!retired.isDone()) {
            Waiting.checkMayBlock("closing a registration at server " + server.serverId());
            Waiting.await(retired);
        }
    }

    /** Takes no more requests; done when those on their way have come. */
    CompletableFuture<Void> stopRequests() {
        return all(current.values(), Serving::stopRequests);
    }

    /** Hears no more answers to claims. */
    CompletableFuture<Void> stopGrants() {
        Collection<Serving> servings = List.copyOf(current.values());
        forget(servings);
        return all(servings, Serving::stopGrants);
    }

    void abandonClaims() {
        current.values().forEach(serving -> serving.method().claims().abandon());
    }

    int openClaims() {
        return current.values().stream()
                .mapToInt(serving -> serving.method().claims().size())
                .sum();
    }

    private static CompletableFuture<Void> all(
            Collection<Serving> servings, Function<Serving, CompletableFuture<Void>> step) {
        return CompletableFuture.allOf(servings.stream().map(step).toArray(CompletableFuture<?>[]::new));
    }
}
