package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.internal.bus.Shared;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.wire.RequestMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The requests that a process without room has handed on to the others of their group, lately. The broker chooses among all members, so
 * one may come back: then it goes out again, a few times. What another process has handed on is not handed on a second time.
 */
final class HandedOn {
    /** One per bus: a process is one member. */
    static final Shared<HandedOn> OF_BUS = Shared.madeBy(bus -> new HandedOn());

    private static final int MAX_TIMES = 3;
    private static final int MAX_REMEMBERED = 1024;

    @GuardedBy("this")
    private final Map<String, Integer> times = new LinkedHashMap<>();

    private HandedOn() {}

    /** False: it is to be answered here. */
    synchronized boolean mayHandOn(RequestMessage message, Inbound inbound) {
        String request = message.clientId() + ' ' + message.requestId();
        int before = times.getOrDefault(request, 0);
        if (inbound.handedOn() && (before == 0 || before == MAX_TIMES)) {
            times.remove(request);
            return false;
        }
        times.put(request, before + 1);
        if (times.size() > MAX_REMEMBERED) {
            times.remove(times.keySet().iterator().next());
        }
        return true;
    }
}
