package io.psrpc.testing.transports;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.Turn;
import io.psrpc.testing.ManualTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsLikeBrokerTest {
    private final ManualTime time = new ManualTime();
    private final NatsLikeBroker broker = new NatsLikeBroker(Dispatch.INLINE);
    private final FakeConnection first = broker.connect();
    private final FakeConnection second = broker.connect();

    @BeforeEach
    void start() {
        Stream.of(first, second).forEach(connection -> connection.start(new FakeHost(time)));
    }

    @Test
    void addressesAreSubjects() {
        BusChannel queue = new BusChannel("foo|bar|a|REQ", "SRV.foo.a.Q", "bar.REQ");
        BusChannel client = new BusChannel("foo|CLI_1|RES", "CLI.foo.CLI_1.RES", "");

        assertThat(first.address(queue)).isEqualTo("SRV.foo.a.Q");
        assertThat(first.keyAddress(queue)).isEqualTo("KEY.foo.a.bar.REQ");
        assertThat(first.keyAddress(client)).isNull();
        assertThat(first.keyAddress(new BusChannel("foo|bar|a|REQ", "SRV.foo.a", "bar.REQ")))
                .isNull();
        assertThat(first.sharesAddresses()).isTrue();
        assertThat(first.receiverCount()).isEqualTo(ReceiverCount.UNKNOWN);
    }

    @Test
    void plainSubscribersGetAllAndMembersTakeTurns() {
        FakeListener plain = new FakeListener();
        FakeListener memberOfFirst = new FakeListener();
        FakeListener memberOfSecond = new FakeListener();
        first.subscribe("a", Delivery.EVERY_SUBSCRIBER, plain);
        first.subscribe("a", Delivery.ONE_OF_GROUP, memberOfFirst);
        second.subscribe("a", Delivery.ONE_OF_GROUP, memberOfSecond);

        Stream.of("1", "2", "3").forEach(text -> FakePublish.of(first, "a", text));

        assertThat(plain.heard()).containsExactly("1", "2", "3");
        assertThat(memberOfFirst.heard()).containsExactly("1", "3");
        assertThat(memberOfSecond.heard()).containsExactly("2");
        assertThat(memberOfFirst.turns()).containsOnly(Turn.HELD);
    }

    @Test
    void saysAfterThePublishThatNobodyIsThere() {
        assertThat(FakePublish.of(first, "a", "x").told()).containsExactly("published -1", "nobody");
    }

    @Test
    void thatNobodyIsThereWaitsForTheTest() {
        broker.holdNobodyThere(true);
        FakePublish publish = FakePublish.of(first, "a", "x");

        assertThat(publish.told()).containsExactly("published -1");
        broker.heldAnswers().await(1);
        broker.heldAnswers().giveAll();

        assertThat(publish.told()).containsExactly("published -1", "nobody");
    }

    @Test
    void aMemberWithoutItsConnectionHasNoTurn() {
        FakeListener memberOfSecond = new FakeListener();
        second.subscribe("a", Delivery.ONE_OF_GROUP, memberOfSecond);

        broker.disconnectAll();
        first.reconnect();
        assertThat(FakePublish.of(first, "a", "x").told()).containsExactly("published -1", "nobody");
        broker.reconnectAll();

        assertThat(memberOfSecond.heard()).containsExactly(FakeListener.GAP);
    }

    /** The connection refuses such subjects; the broker, were it given one, would end the connection. */
    @Test
    void aSubjectBeyondTheControlLineCostsTheConnection() {
        String longest = "a".repeat(4076);
        assertThat(FakePublish.of(first, longest, "x").told()).containsExactly("published -1", "nobody");
        assertThat(FakePublish.of(first, longest + "a", "x").told()).containsExactly("INVALID_ARGUMENT");
        assertThat(FakePublish.of(first, longest.substring(1) + "é", "x").told())
                .containsExactly("INVALID_ARGUMENT");
        assertThat(first.subscribe(longest + "a", Delivery.EVERY_SUBSCRIBER, new FakeListener()))
                .isCompletedExceptionally();
        assertThat(first.isConnected()).isTrue();

        FakePublish given = FakePublish.unsent();
        broker.publish(first, new OutgoingFrame(longest + "a", new byte[0], Long.MAX_VALUE, false), given);

        assertThat(given.told()).containsExactly("UNAVAILABLE");
        assertThat(first.isConnected()).isFalse();
    }

    @Test
    void aClosedConnectionLeavesNothing() {
        first.subscribe("a", Delivery.EVERY_SUBSCRIBER, new FakeListener());

        first.close();

        assertThat(broker.connections()).containsExactly(second);
        assertThat(broker.subscribedAddresses()).isEmpty();
    }
}
