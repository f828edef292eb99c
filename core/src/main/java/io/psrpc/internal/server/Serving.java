package io.psrpc.internal.server;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.Listening;
import io.psrpc.internal.routing.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A served method's places at the bus, from registration to the end. */
final class Serving {
    private final ServedMethod method;
    private final boolean sharesSubject;
    private final List<CompletableFuture<Listening>> grants = new ArrayList<>(1);
    private final List<CompletableFuture<Listening>> requests = new ArrayList<>(2);
    private final AtomicBoolean hasStoppedRequests = new AtomicBoolean();
    private final AtomicBoolean hasStoppedGrants = new AtomicBoolean();
    private final CompletableFuture<Void> requestsStopped = new CompletableFuture<>();
    private final CompletableFuture<Void> grantsStopped = new CompletableFuture<>();

    /** @param sharesSubject other queue methods of the service have this one's subject, so requests may be handed on to it */
    Serving(ServedMethod method, boolean sharesSubject) {
        this.method = method;
        this.sharesSubject = sharesSubject;
    }

    ServedMethod method() {
        return method;
    }

    /** The first flight: done when answers to claims can be heard. */
    CompletableFuture<Void> listenToGrants(Routes routes) {
        if (method.requiresClaim()) {
            grants.add(routes.listen(method.grants(), Delivery.EVERY_SUBSCRIBER, method.granting()));
        }
        return all(grants);
    }

    /** The second: done when requests come. */
    CompletableFuture<Void> listenToRequests(Routes routes) {
        Address address = method.requests();
        String keyName = address.keyName();
        if (method.isGroup() && sharesSubject && keyName != null) {
            requests.add(routes.listenToHandedOn(keyName, address.key(), method));
        }
        requests.add(routes.listen(address, method.delivery(), method));
        return all(requests);
    }

    /** Takes no more requests; done when those on their way have come, and the broker has confirmed. */
    CompletableFuture<Void> stopRequests() {
        if (hasStoppedRequests.compareAndSet(false, true)) {
            end(requests, requestsStopped);
        }
        return requestsStopped;
    }

    /** Hears no more answers to claims. */
    CompletableFuture<Void> stopGrants() {
        if (hasStoppedGrants.compareAndSet(false, true)) {
            end(grants, grantsStopped);
        }
        return grantsStopped;
    }

    /** Takes no more requests, and hears answers to claims for as long as a request may wait for one. */
    CompletableFuture<Void> retire() {
        CompletableFuture<Void> stopped = stopRequests();
        stopped.thenCompose(done -> method.inFlight().whenIdle()).thenCompose(idle -> stopGrants());
        return stopped;
    }

    private static void end(List<CompletableFuture<Listening>> places, CompletableFuture<Void> stopped) {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (CompletableFuture<Listening> place : places) {
            ends.add(place.thenCompose(Listening::end).exceptionally(failure -> null));
        }
        all(ends).thenRun(() -> stopped.complete(null));
    }

    private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]));
    }
}
