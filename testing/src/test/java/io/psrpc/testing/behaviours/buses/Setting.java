package io.psrpc.testing.behaviours.buses;

import java.util.Arrays;
import java.util.stream.Stream;

/** One of the variants of a test: a kind of broker, and a flavour of the API. */
record Setting(BrokerKind broker, Flavour flavour) {
    static Stream<Setting> all() {
        return Arrays.stream(BrokerKind.values()).flatMap(Setting::flavours);
    }

    static Stream<Setting> fakes() {
        return all().filter(setting -> setting.broker.isFake());
    }

    static Stream<Setting> redisLike() {
        return flavours(BrokerKind.REDIS_LIKE);
    }

    static Stream<Setting> natsLike() {
        return flavours(BrokerKind.NATS_LIKE);
    }

    private static Stream<Setting> flavours(BrokerKind broker) {
        return Arrays.stream(Flavour.values()).map(flavour -> new Setting(broker, flavour));
    }

    @Override
    public String toString() {
        return broker + ", " + flavour;
    }
}
