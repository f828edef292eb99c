package io.psrpc.internal.server;

import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.Registration;
import io.psrpc.Topic;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.execution.Waiting;
import io.psrpc.stub.Binding;
import io.psrpc.stub.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** Retired, with requests that wait for an answer to their claims. */
    private final Set<Serving> leaving = ConcurrentHashMap.newKeySet();

    private volatile boolean isEnding;

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
        bindings.forEach(this::check);
        List<Serving> entered = new ArrayList<>();
        for (Binding binding : bindings) {
            Serving serving = new Serving(
                    new ServedMethod(server, binding), service.sharesQueueSubject(binding.method()), bus.routes());
            if (current.putIfAbsent(keyOf(serving), serving) != null) {
                forget(entered);
                throw ErrorCode.ALREADY_EXISTS.error(
                        "%s %s: server %s serves it already (expected: its registration closed first)",
                        serving.method().label(), binding.topic().parts(), server.serverId());
            }
            entered.add(serving);
        }
        if (isEnding) {
            forget(entered);
            throw ErrorCode.CANCELED.error("server is closed");
        }
        return entered;
    }

    private void check(Binding binding) {
        MethodInfo info = binding.method().info();
        if (!info.service().equals(service.name())) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "binding of %s.%s (expected: a method of %s)", info.service(), info.method(), service.name());
        }
    }

    private static Key keyOf(Serving serving) {
        return new Key(serving.method().info().method(), serving.method().topic());
    }

    private CompletableFuture<Void> start(List<Serving> entered) {
        return all(entered, Serving::listenToGrants).thenCompose(heard -> all(entered, Serving::listenToRequests));
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

    /**
     * Done when requests have stopped, and, where none waits for an answer to its claim, claim answers too: then nothing is left at the
     * broker.
     */
    private CompletableFuture<Void> retire(List<Serving> servings) {
        leaving.addAll(servings);
        forget(servings);
        return stopRequests(servings).thenCompose(stopped -> all(servings, this::leave));
    }

    private CompletableFuture<Void> leave(Serving serving) {
        CompletableFuture<Void> left = serving.stopGrantsWhenDecided();
        left.whenComplete((done, failure) -> leaving.remove(serving));
        return serving.isDecided() ? left : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> stopRequests(Collection<Serving> servings) {
        return Places.end(bus.routes(), servings.stream().map(Serving::requests).toList());
    }

    /** On an engine thread, which confirms it perhaps, it does not wait. */
    private void close(List<Serving> servings) {
        CompletableFuture<Void> retired = retire(servings);
        if (!retired.isDone() && !EngineThread.isCurrent()) {
            Waiting.await(retired);
        }
    }

    /** Registers nothing and takes no requests any more; done when those on their way have come. */
    CompletableFuture<Void> stopRequests() {
        isEnding = true;
        return stopRequests(current.values());
    }

    /** Once requests have stopped: done when answers to claims are not heard any more, since no request waits for one. */
    CompletableFuture<Void> stopGrantsWhenDecided() {
        return all(all(), Serving::stopGrantsWhenDecided);
    }

    /** Forgets the bids, and hears no more answers to them. */
    void abandonClaims() {
        Collection<Serving> servings = all();
        servings.forEach(serving -> serving.method().claims().abandon());
        servings.forEach(Serving::stopGrants);
    }

    int openClaims() {
        return all().stream()
                .mapToInt(serving -> serving.method().claims().size())
                .sum();
    }

    private Collection<Serving> all() {
        Set<Serving> all = new HashSet<>(current.values());
        all.addAll(leaving);
        return all;
    }

    private static CompletableFuture<Void> all(
            Collection<Serving> servings, Function<Serving, CompletableFuture<Void>> step) {
        return CompletableFuture.allOf(servings.stream().map(step).toArray(CompletableFuture<?>[]::new));
    }
}
