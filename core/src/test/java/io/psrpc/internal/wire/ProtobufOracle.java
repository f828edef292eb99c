package io.psrpc.internal.wire;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnknownFieldSet;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what we read with what protobuf's generated classes read from the same bytes: both take it and find the same,
 * or both refuse it. Only our {@link WireLimits} may refuse more.
 */
final class ProtobufOracle {
    private ProtobufOracle() {}

    /** What is wrong where a frame is read differently. */
    private static AssertionError different(byte[] bytes, @Nullable Object expected, @Nullable Object actual) {
        return new AssertionError("expected " + expected + "\nbut was  " + actual + "\nfor      "
                + HexFormat.of().formatHex(bytes));
    }

    static void checkEnvelope(byte[] bytes) {
        Msg msg = parse(Msg.parser(), bytes);
        Envelope expected = msg == null
                ? null
                : new Envelope(
                        slice(msg.getTypeUrlBytes()),
                        slice(msg.getValue()),
                        msg.getChannel(),
                        msg.getCompressionValue());
        check(bytes, expected, slice -> Envelope.read(slice.toByteArray()), false);
    }

    static void checkRequest(byte[] bytes) {
        Request request = parse(Request.parser(), bytes);
        RequestMessage expected = request == null
                ? null
                : new RequestMessage(
                        request.getRequestId(),
                        request.getClientId(),
                        request.getSentAt(),
                        request.getExpiry(),
                        request.getMulti(),
                        request.getSkipClaim(),
                        request.getMetadataMap(),
                        slice(request.getRawRequest()),
                        request.hasRequest() ? payload(request.getRequest()) : null);
        check(bytes, expected, RequestMessage::read, breaksLimits(bytes, Request.METADATA_FIELD_NUMBER, 0));
    }

    static void checkResponse(byte[] bytes) {
        Response response = parse(Response.parser(), bytes);
        ResponseMessage expected = response == null
                ? null
                : new ResponseMessage(
                        response.getRequestId(),
                        response.getServerId(),
                        response.getSentAt(),
                        response.getError(),
                        response.getCode(),
                        details(response.getErrorDetailsList()),
                        slice(response.getRawResponse()),
                        response.hasResponse() ? payload(response.getResponse()) : null,
                        servers(response.getProcessServers()));
        check(bytes, expected, ResponseMessage::read, breaksLimits(bytes, 0, Response.ERROR_DETAILS_FIELD_NUMBER));
    }

    static void checkBid(byte[] bytes) {
        ClaimRequest bid = parse(ClaimRequest.parser(), bytes);
        BidMessage expected = bid == null
                ? null
                : new BidMessage(
                        bid.getRequestId(),
                        bid.getServerId(),
                        bid.getAffinity(),
                        bid.getHandling(),
                        servers(bid.getProcessServers()));
        check(bytes, expected, BidMessage::read, breaksLimits(bytes, 0, 0));
    }

    static void checkGrant(byte[] bytes) {
        ClaimResponse grant = parse(ClaimResponse.parser(), bytes);
        GrantMessage expected = grant == null ? null : new GrantMessage(grant.getRequestId(), grant.getServerId());
        check(bytes, expected, GrantMessage::read, breaksLimits(bytes, 0, 0));
    }

    /** The message that an envelope of this type would carry. */
    static void checkByType(String typeName, byte[] value) {
        switch (typeName) {
            case RequestMessage.TYPE -> checkRequest(value);
            case ResponseMessage.TYPE -> checkResponse(value);
            case BidMessage.TYPE -> checkBid(value);
            case GrantMessage.TYPE -> checkGrant(value);
            default -> throw new IllegalArgumentException(typeName);
        }
    }

    /** One of the readers. */
    private interface Reader<T> {
        T read(Slice slice) throws MalformedFrameException;
    }

    private static <T> void check(byte[] bytes, @Nullable T expected, Reader<T> reader, boolean mayBeRefused) {
        T actual = null;
        try {
            actual = reader.read(withinAnArray(bytes));
        } catch (MalformedFrameException e) {
            if (e.reason() != DropReason.MALFORMED) {
                throw different(bytes, expected, e);
            }
        }
        if (actual == null ? expected != null && !mayBeRefused : !actual.equals(expected)) {
            throw different(bytes, expected, actual);
        }
    }

    /** Not at the array's start, and with a neighbour that would parse. */
    private static Slice withinAnArray(byte[] bytes) {
        byte[] array = new byte[bytes.length + 16];
        Arrays.fill(array, (byte) 0x08);
        System.arraycopy(bytes, 0, array, 7, bytes.length);
        return new Slice(array, 7, bytes.length);
    }

    static <M extends Message> @Nullable M parse(Parser<M> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    /** Whether bytes that protobuf takes break a limit of ours, in any occurrence of a field. */
    private static boolean breaksLimits(byte[] bytes, int metadataField, int detailsField) {
        if (bytes.length <= WireLimits.MAX_ID_CHARACTERS) {
            return false;
        }
        UnknownFieldSet fields;
        try {
            fields = UnknownFieldSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
        List<ByteString> metadata = fields.getField(metadataField).getLengthDelimitedList();
        return hasLongText(fields, 1)
                || hasLongText(fields, 2)
                || metadata.size() > WireLimits.MAX_METADATA_ENTRIES
                || metadata.stream().mapToInt(ByteString::size).sum() > WireLimits.MAX_METADATA_BYTES
                || fields.getField(detailsField).getLengthDelimitedList().size() > WireLimits.MAX_DETAILS;
    }

    private static boolean hasLongText(UnknownFieldSet fields, int field) {
        return fields.getField(field).getLengthDelimitedList().stream()
                .anyMatch(text -> text.toStringUtf8().length() > WireLimits.MAX_ID_CHARACTERS);
    }

    private static Slice slice(ByteString bytes) {
        return Slice.of(bytes.toByteArray());
    }

    private static AnyPayload payload(Any any) {
        return new AnyPayload(slice(any.getTypeUrlBytes()), slice(any.getValue()));
    }

    private static List<Any> details(List<Any> details) {
        return details.stream()
                .map(any -> any.toBuilder()
                        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                        .build())
                .toList();
    }

    private static int servers(int unsigned) {
        return (int) Math.max(1, Math.min(Integer.toUnsignedLong(unsigned), ProcessServers.MAX));
    }
}
