package io.psrpc.internal.server;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.Routes;
import java.util.concurrent.CompletableFuture;

/** A served method's places at the bus, from registration to the end. */
final class Serving {
    private final ServedMethod method;
    private final boolean sharesSubject;
    private final Places grants = new Places();
    private final Places requests = new Places();

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
        return method.requiresClaim()
                ? grants.add(() -> routes.listen(method.grants(), Delivery.EVERY_SUBSCRIBER, method.granting()))
                : CompletableFuture.completedFuture(null);
    }

    /** The second: done when requests come. */
    CompletableFuture<Void> listenToRequests(Routes routes) {
        Address address = method.requests();
        String keyName = address.keyName();
        CompletableFuture<Void> handedOn = method.isGroup() && sharesSubject && keyName != null
                ? requests.add(() -> routes.listenToHandedOn(keyName, address.key(), method))
                : CompletableFuture.completedFuture(null);
        CompletableFuture<Void> own = requests.add(() -> routes.listen(address, method.delivery(), method));
        return CompletableFuture.allOf(handedOn, own);
    }

    /** Takes no more requests; done when those on their way have come, and the broker has confirmed. */
    CompletableFuture<Void> stopRequests() {
        return requests.end();
    }

    /** Hears no more answers to claims. */
    CompletableFuture<Void> stopGrants() {
        return grants.end();
    }

    /**
     * Takes no more requests, and hears answers to claims for as long as a request may wait for one. Done when requests have stopped,
     * and, if no request waits, claim answers too: then nothing is left at the broker.
     */
    CompletableFuture<Void> retire() {
        return stopRequests().thenCompose(stopped -> {
            CompletableFuture<Void> decided = method.undecided().whenNone();
            boolean nothingWaits = decided.isDone();
            CompletableFuture<Void> ended = decided.thenCompose(none -> stopGrants());
            return nothingWaits ? ended : CompletableFuture.completedFuture(null);
        });
    }
}
