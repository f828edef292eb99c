package io.psrpc.internal.server;

import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Shared;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The clients of one service that a bus has heard of. Bounded: past that, all are forgotten and met anew. */
final class KnownClients {
    private static final Shared<Map<String, KnownClients>> OF_BUS = Shared.madeBy(bus -> new ConcurrentHashMap<>());
    private static final int MAX_CLIENTS = 4096;

    private final EngineBus bus;
    private final String service;
    private final Map<String, KnownClient> clients = new ConcurrentHashMap<>();

    private KnownClients(EngineBus bus, String service) {
        this.bus = bus;
        this.service = service;
    }

    /** Shared by all servers of the service on the bus. */
    static KnownClients of(EngineBus bus, String service) {
        return bus.shared(OF_BUS).computeIfAbsent(service, name -> new KnownClients(bus, name));
    }

    KnownClient client(String clientId) {
        KnownClient known = clients.get(clientId);
        if (known != null) {
            return known;
        }
        if (clients.size() >= MAX_CLIENTS) {
            clients.clear();
        }
        KnownClient met = new KnownClient(
                bus.address(ChannelNames.responses(WireProfile.CURRENT, service, clientId)),
                bus.address(ChannelNames.claims(WireProfile.CURRENT, service, clientId)),
                bus.time().nanoTime());
        KnownClient first = clients.putIfAbsent(clientId, met);
        return first != null ? first : met;
    }
}
