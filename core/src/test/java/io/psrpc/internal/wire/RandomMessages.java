package io.psrpc.internal.wire;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Messages of the wire with random content, each field now and then absent. The same ones for the same seed. */
final class RandomMessages {
    private static final String[] TEXTS = {"a", "REQ_abcdefghijkl", "é", "\u0000", "软件", "🚀", " ", "x".repeat(130)};
    private static final float[] FLOATS = {0f, -0f, 1f, -1f, Float.NaN, Float.MIN_VALUE, Float.POSITIVE_INFINITY};

    private final Random random;

    RandomMessages(long seed) {
        random = new Random(seed);
    }

    Msg msg() {
        return Msg.newBuilder()
                .setTypeUrl(text())
                .setValue(bytes())
                .setChannel(text())
                .setCompressionValue(sometimes(() -> random.nextInt(5) - 1, 0))
                .setNonce(bytes())
                .setUnknownFields(unknown())
                .build();
    }

    Request request() {
        Request.Builder request = Request.newBuilder()
                .setRequestId(text())
                .setClientId(text())
                .setSentAt(number())
                .setExpiry(number())
                .setMulti(random.nextBoolean())
                .setSkipClaim(random.nextBoolean())
                .putAllMetadata(metadata())
                .setRawRequest(bytes())
                .setUnknownFields(unknown());
        return (random.nextBoolean() ? request.setRequest(any()) : request).build();
    }

    Response response() {
        Response.Builder response = Response.newBuilder()
                .setRequestId(text())
                .setServerId(text())
                .setSentAt(number())
                .setError(text())
                .setCode(text())
                .setRawResponse(bytes())
                .addAllErrorDetails(details())
                .setProcessServers((int) number())
                .setUnknownFields(unknown());
        return (random.nextBoolean() ? response.setResponse(any()) : response).build();
    }

    ClaimRequest bid() {
        return ClaimRequest.newBuilder()
                .setRequestId(text())
                .setServerId(text())
                .setAffinity(affinity())
                .setHandling(random.nextBoolean())
                .setProcessServers((int) number())
                .setUnknownFields(unknown())
                .build();
    }

    ClaimResponse grant() {
        return ClaimResponse.newBuilder()
                .setRequestId(text())
                .setServerId(text())
                .setUnknownFields(unknown())
                .build();
    }

    String text() {
        return sometimes(() -> TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)], "");
    }

    long number() {
        return sometimes(() -> random.nextLong() >> random.nextInt(64), 0L);
    }

    float affinity() {
        return random.nextBoolean() ? random.nextFloat() : FLOATS[random.nextInt(FLOATS.length)];
    }

    boolean flag() {
        return random.nextBoolean();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    ByteString bytes() {
        byte[] bytes = new byte[sometimes(() -> random.nextInt(300), 0)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = sometimes(() -> random.nextInt(5), 0); i > 0; i--) {
            metadata.put(text(), text());
        }
        return metadata;
    }

    List<Any> details() {
        List<Any> details = new ArrayList<>();
        for (int i = sometimes(() -> random.nextInt(4), 0); i > 0; i--) {
            details.add(any());
        }
        return details;
    }

    private Any any() {
        return Any.newBuilder()
                .setTypeUrl(text())
                .setValue(bytes())
                .setUnknownFields(unknown())
                .build();
    }

    /** Numbers of known fields among them, in wire types of others. */
    private UnknownFieldSet unknown() {
        UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
        for (int i = sometimes(() -> random.nextInt(4), 0); i > 0; i--) {
            UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
            switch (random.nextInt(5)) {
                case 0 -> field.addVarint(number());
                case 1 -> field.addFixed32((int) number());
                case 2 -> field.addFixed64(number());
                case 3 -> field.addGroup(unknown());
                default -> field.addLengthDelimited(bytes());
            }
            fields.mergeField(
                    random.nextBoolean() ? 1 + random.nextInt(12) : 49_999 + random.nextInt(4), field.build());
        }
        return fields.build();
    }

    private <T> T sometimes(Supplier<T> value, T otherwise) {
        return random.nextInt(4) == 0 ? otherwise : value.get();
    }

    /** The same fields in another order, some of them twice, as any peer may send them. */
    byte[] shuffled(byte[] message) {
        List<byte[]> fields = fields(message);
        for (int i = random.nextInt(3); i > 0 && !fields.isEmpty(); i--) {
            fields.add(fields.get(random.nextInt(fields.size())));
        }
        Collections.shuffle(fields, random);
        ByteArrayOutputStream shuffled = new ByteArrayOutputStream();
        fields.forEach(shuffled::writeBytes);
        return shuffled.toByteArray();
    }

    private static List<byte[]> fields(byte[] message) {
        List<byte[]> fields = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        try {
            int start = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (!in.skipField(tag)) {
                    return new ArrayList<>(List.of(message));
                }
                fields.add(Arrays.copyOfRange(message, start, in.getTotalBytesRead()));
                start = in.getTotalBytesRead();
            }
            return fields;
        } catch (IOException e) {
            return new ArrayList<>(List.of(message));
        }
    }
}
