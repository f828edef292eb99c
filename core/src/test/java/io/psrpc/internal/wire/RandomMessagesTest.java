package io.psrpc.internal.wire;

import io.psrpc.behaviours.Rows;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What protobuf writes we read as protobuf does, in any order and with anything unknown in it. */
@Rows("B04")
class RandomMessagesTest {
    private static final int MESSAGES = 5_000;

    private final RandomMessages random = new RandomMessages(20_261_101);

    @Test
    void envelopesAreReadAsProtobufReadsThem() {
        check(() -> random.msg().toByteArray(), ProtobufOracle::checkEnvelope);
    }

    @Test
    void requestsAreReadAsProtobufReadsThem() {
        check(() -> random.request().toByteArray(), ProtobufOracle::checkRequest);
    }

    @Test
    void responsesAreReadAsProtobufReadsThem() {
        check(() -> random.response().toByteArray(), ProtobufOracle::checkResponse);
    }

    @Test
    void bidsAreReadAsProtobufReadsThem() {
        check(() -> random.bid().toByteArray(), ProtobufOracle::checkBid);
    }

    @Test
    void grantsAreReadAsProtobufReadsThem() {
        check(() -> random.grant().toByteArray(), ProtobufOracle::checkGrant);
    }

    private void check(Supplier<byte[]> messages, Consumer<byte[]> oracle) {
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = messages.get();
            oracle.accept(message);
            oracle.accept(random.shuffled(message));
        }
    }
}
