package io.psrpc.internal.bus;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.routing.Outbound;
import io.psrpc.internal.routing.WireReader;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.RequestMessage;
import io.psrpc.internal.wire.WireProfile;
import java.util.List;

/**
 * Answers requests that have reached a member of their group which does not serve them, when nobody in reach does. The answer names no
 * server: to its client it is what a broker says that has found nobody.
 */
public final class NotServedAnswers {
    private static final String NOBODY = "";
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    private final EngineBus bus;
    private final String service;
    private final WireReader reader;

    /** Answers for a client or a server of {@code service}. */
    public NotServedAnswers(EngineBus bus, String service) {
        this.bus = bus;
        this.service = service;
        this.reader = new WireReader(bus.drops(), bus.maxInflatedBytes());
    }

    /** Tells a request's client; an update has nobody to tell. */
    public void answer(Inbound inbound) {
        if (!inbound.envelope().isType(RequestMessage.TYPE)) {
            return;
        }
        RequestMessage request = reader.read(inbound, RequestMessage.TYPE, RequestMessage::read, service);
        if (request == null || !SubjectToken.isOne(request.clientId())) {
            return;
        }
        Address to = bus.address(ChannelNames.responses(WireProfile.CURRENT, service, request.clientId()));
        byte[] frame = bus.writer()
                .error(
                        request.requestId(),
                        NOBODY,
                        bus.epochNanos(),
                        "no response from servers",
                        ErrorCode.UNAVAILABLE.wire(),
                        List.of(),
                        1);
        bus.outbox().publish(to, frame, bus.time().nanoTime() + PATIENCE_NANOS, false, new Outbound() {
            @Override
            protected void published(long receivers) {}

            @Override
            protected void failed(PsrpcException failure) {
                // The client's own timeout tells it.
            }
        });
    }
}
