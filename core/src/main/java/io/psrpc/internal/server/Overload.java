package io.psrpc.internal.server;

import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.routing.HandOn;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.wire.RequestMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What becomes of a request for which a server has no room, or no longer any. An affinity method stays silent: others bid. A broadcast
 * is answered. A queue request is left to the other members first, and answered if none of them takes it.
 */
final class Overload {
    /** So long the others have for taking a turn that this server leaves to them. */
    private static final Duration COURTESY = Duration.ofMillis(20);

    private static final int MAX_LEFT_TO_OTHERS = 1024;

    private final ServedMethod served;
    private final EngineServer server;
    private final HandedOn handedOn;
    private final AtomicInteger leftToOthers = new AtomicInteger();

    Overload(ServedMethod served) {
        this.served = served;
        this.server = served.server();
        this.handedOn = server.bus().shared(HandedOn.OF_BUS);
    }

    private EngineBus bus() {
        return server.bus();
    }

    private void count() {
        if (served.isRetired()) {
            bus().drops().dropped(DropReason.NOT_SERVED, served.label() + ": no longer");
        } else {
            bus().drops().dropped(DropReason.OVER_LIMIT, served.label() + ": no room for a request");
        }
    }

    boolean refuseBroadcast(RequestMessage message, Inbound inbound) {
        count();
        if (served.info().routing() != Routing.AFFINITY || !served.requiresClaim()) {
            answer(message, inbound);
        }
        return true;
    }

    void refuseOneOfGroup(RequestMessage message, Inbound inbound) {
        if (!inbound.isHeld()) {
            if (!inbound.turn().pass()) {
                leaveTurnToOthers(message, inbound);
            }
            return;
        }
        count();
        String keyName = served.requests().keyName();
        if (keyName == null || !handedOn.mayHandOn(message, inbound)) {
            answer(message, inbound);
        } else {
            HandOn.handOn(bus().outbox(), keyName, inbound, bus().time().nanoTime(), () -> answer(message, inbound));
        }
    }

    private void leaveTurnToOthers(RequestMessage message, Inbound inbound) {
        if (leftToOthers.incrementAndGet() > MAX_LEFT_TO_OTHERS) {
            leftToOthers.decrementAndGet();
            count();
            return;
        }
        bus().time().schedule(COURTESY, () -> {
            leftToOthers.decrementAndGet();
            takeWhatIsLeft(message, inbound);
        });
    }

    private void takeWhatIsLeft(RequestMessage message, Inbound inbound) {
        Duration hold = Duration.ofNanos(Claim.SHORTEST_HOLD_NANOS);
        EngineThread.whenComplete(inbound.turn().take(hold), (ours, failure) -> {
            if (failure != null) {
                bus().drops().dropped(DropReason.LOCK_FAILED, served.label());
            } else if (ours && !served.retryHeld(message, inbound)) {
                count();
                answer(message, inbound);
            }
        });
    }

    private void answer(RequestMessage message, Inbound inbound) {
        if (served.isRetired()) {
            served.refuse(message, inbound, ErrorCode.UNAVAILABLE, "no response from servers");
            return;
        }
        int max = server.options().maxConcurrentRequests();
        served.refuse(
                message,
                inbound,
                ErrorCode.RESOURCE_EXHAUSTED,
                "requests at server " + server.serverId() + ": " + max + " (its maxConcurrentRequests)");
    }
}
