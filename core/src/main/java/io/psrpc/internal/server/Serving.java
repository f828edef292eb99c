package io.psrpc.internal.server;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.Routes;
import java.util.concurrent.CompletableFuture;

/** A served method's places at the bus, from registration to the end. */
final class Serving {
    private final ServedMethod method;
    private final boolean sharesSubject;
    private final Routes routes;
    private final Places grants;
    private final Places requests;

    /** @param sharesSubject other queue methods of the service have this one's subject */
    Serving(ServedMethod method, boolean sharesSubject, Routes routes) {
        this.method = method;
        this.sharesSubject = sharesSubject;
        this.routes = routes;
        this.grants = new Places(routes);
        this.requests = new Places(routes);
    }

    ServedMethod method() {
        return method;
    }

    /** The first flight: done when answers to claims can be heard. */
    CompletableFuture<Void> listenToGrants() {
        return method.requiresClaim()
                ? grants.add(() -> routes.listen(method.grants(), Delivery.EVERY_SUBSCRIBER, method.granting()))
                : CompletableFuture.completedFuture(null);
    }

    /** The second: done when requests come. */
    CompletableFuture<Void> listenToRequests() {
        Address address = method.requests();
        String keyName = address.keyName();
        CompletableFuture<Void> handedOn = keyName != null && isHandedOn()
                ? requests.add(() -> routes.listenToHandedOn(keyName, address.key(), method))
                : CompletableFuture.completedFuture(null);
        CompletableFuture<Void> own = requests.add(() -> routes.listen(address, method.delivery(), method));
        return CompletableFuture.allOf(handedOn, own);
    }

    /** Members hand on what others serve alone, or have room for. */
    private boolean isHandedOn() {
        return method.isGroup() && (sharesSubject || !method.binding().method().isSingleServer());
    }

    /** Where requests come from. */
    Places requests() {
        return requests;
    }

    /** Hears no more answers to claims. */
    CompletableFuture<Void> stopGrants() {
        return grants.end();
    }

    /** Once requests have stopped: hears answers to claims for as long as a request may wait for one. Done when nothing is left. */
    CompletableFuture<Void> stopGrantsWhenDecided() {
        return method.undecided().whenNone().thenCompose(none -> stopGrants());
    }

    /** True: nobody waits for an answer to a claim, and nobody will. */
    boolean isDecided() {
        return method.undecided().isOver();
    }
}
