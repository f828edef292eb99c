package io.psrpc.internal.server;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.routing.Outbound;
import io.psrpc.internal.time.Nanos;
import io.psrpc.internal.wire.MessageType;
import io.psrpc.internal.wire.RequestMessage;
import io.psrpc.internal.wire.WireLimits;
import io.psrpc.internal.wire.WireProfile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server sends to its clients: bids, announcements, results and errors. */
final class Replies {
    private static final System.Logger LOG = System.getLogger("io.psrpc.server");
    private static final int LONGEST_CUT_BYTES = 8 << 10;
    private static final String CUT = " (too large: cut, and sent without details)";
    /** What the lengths of a frame's parts take when its text grows. */
    private static final int LENGTHS_BYTES = 16;

    private final EngineBus bus;
    private final String serverId;
    private final long patienceNanos;

    Replies(EngineBus bus, String serverId, Duration patience) {
        this.bus = bus;
        this.serverId = serverId;
        this.patienceNanos = Nanos.of(patience);
    }

    byte[] bid(IncomingRequest request, float affinity) {
        return bus.writer().bid(request.message().requestId(), serverId, affinity, false, request.processServers());
    }

    void publishBid(IncomingRequest request, byte[] bid, Outbound listener) {
        bus.outbox().publish(request.client().bids(), bid, request.deadlineNanos(), false, listener);
    }

    /** The bid as a frame, for transports that take a turn and publish in one step. */
    OutgoingFrame bidFrame(IncomingRequest request, byte[] bid) {
        return new OutgoingFrame(request.client().bids().name(), bid, request.deadlineNanos(), false);
    }

    /** Says that the request runs without a claim. A failure does no harm: the response is still to come. */
    void announce(IncomingRequest request) {
        byte[] frame = bus.writer().bid(request.message().requestId(), serverId, 1f, true, request.processServers());
        bus.outbox().publish(request.client().bids(), frame, request.deadlineNanos(), false, new Logged(request));
    }

    /** Sends the result, or an error in its place where it cannot be sent. */
    void respond(IncomingRequest request, @Nullable Message result) {
        if (result == null) {
            fail(
                    request,
                    ErrorCode.MALFORMED_RESULT.error("result of %s: null (expected: a message)", request.label()));
            return;
        }
        byte[] frame;
        try {
            MessageType.check(result, request.served().binding().method().response());
            frame = bus.writer()
                    .response(
                            request.message().requestId(),
                            serverId,
                            bus.epochNanos(),
                            result,
                            request.processServers(),
                            WireProfile.CURRENT);
        } catch (RuntimeException e) {
            fail(
                    request,
                    new PsrpcException(
                            ErrorCode.MALFORMED_RESULT, "result of " + request.label() + ": " + e.getMessage(), e));
            return;
        }
        publish(request, frame, new Logged(request) {
            @Override
            protected void failed(PsrpcException failure) {
                super.failed(failure);
                if (failure.code() == ErrorCode.UNAVAILABLE) {
                    // No connection, or too late for any answer.
                    return;
                }
                fail(request, new PsrpcException(failure.code(), "response: " + failure.getMessage(), failure));
            }
        });
    }

    /** Sends an error; one that is too large without its details and the end of its text, one with too many details without them. */
    void fail(IncomingRequest request, PsrpcException error) {
        String text = error.getMessage() == null ? "" : error.getMessage();
        int details = error.details().size();
        byte[] frame = details <= WireLimits.MAX_DETAILS
                ? error(request, error, text, error.details())
                : error(request, error, text + " (sent without its " + details + " details: too many)", List.of());
        int max = bus.maxFrameBytes();
        if (frame.length > max) {
            int room = max - LENGTHS_BYTES - error(request, error, CUT, List.of()).length;
            frame = error(request, error, start(text, Math.min(room, LONGEST_CUT_BYTES)) + CUT, List.of());
        }
        publish(request, frame, new Logged(request));
    }

    /** As many whole characters as so many bytes hold. */
    private static String start(String text, int bytes) {
        int end = 0;
        int left = bytes;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            left -= character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (left < 0) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    private byte[] error(IncomingRequest request, PsrpcException error, String text, List<Any> details) {
        return bus.writer()
                .error(
                        request.message().requestId(),
                        serverId,
                        bus.epochNanos(),
                        text,
                        error.rawCode(),
                        details,
                        request.processServers());
    }

    /** The client's clock decides whether an answer is late: it goes out for a while after the deadline too. */
    private void publish(IncomingRequest request, byte[] frame, Outbound listener) {
        long now = bus.time().nanoTime();
        long notAfter = now + Math.max(request.deadlineNanos() - now, patienceNanos);
        bus.outbox().publish(request.client().responses(), frame, notAfter, false, listener);
    }

    private static class Logged extends Outbound {
        private final RequestMessage message;

        Logged(IncomingRequest request) {
            this.message = request.message();
        }

        @Override
        protected void published(long receivers) {}

        @Override
        protected void failed(PsrpcException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request {0}: the answer could not be sent: {1}",
                    message.requestId(),
                    failure.getMessage());
        }
    }
}
