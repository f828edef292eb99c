package io.psrpc.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

final class LocalTurnTest {
    private static final Duration HOLD = Duration.ofSeconds(5);

    private final LocalExchange exchange = new LocalExchange();
    private final Bus a = new Bus(exchange, Runnable::run);
    private final Bus b = new Bus(exchange, Runnable::run);
    private final Bus c = new Bus(exchange, Runnable::run);
    private final List<String> log = new ArrayList<>();

    @Test
    void membersGetFramesInTurn() {
        a.join("x", taking("a"));
        b.join("x", taking("b"));
        c.join("x", taking("c"));
        for (int i = 1; i <= 6; i++) {
            a.publish("x", "" + i);
        }
        assertThat(log).containsExactly("a 1", "b 2", "c 3", "a 4", "b 5", "c 6");
        assertThat(a.published.receivers).containsOnly(3L);
    }

    @Test
    void plainSubscribersGetEveryFrameBesideAGroup() {
        a.subscribe("x", text -> log.add("plain " + text));
        b.join("x", taking("b"));
        c.join("x", taking("c"));
        a.publish("x", "1");
        a.publish("x", "2");
        assertThat(log).containsExactly("plain 1", "b 1", "plain 2", "c 2");
    }

    @Test
    void takenTurnIsOurs() {
        List<Turn> turns = new ArrayList<>();
        a.join("x", (text, turn) -> turns.add(turn));
        a.publish("x", "1");
        assertThat(turns.get(0).take(HOLD).toCompletableFuture()).isCompletedWithValue(true);
    }

    @Test
    void passedFrameGoesToEachOtherMemberOnce() {
        a.join("x", passing("a"));
        b.join("x", passing("b"));
        c.join("x", passing("c"));
        a.publish("x", "1");
        a.publish("x", "2");
        assertThat(log).containsExactly("a 1", "b 1", "c 1", "b 2", "c 2", "a 2");
        assertThat(a.published.receivers).containsExactly(3L, 3L);
    }

    @Test
    void passedFrameGoesBehindTheFramesThatWait() {
        a.join("x", (text, turn) -> {
            log.add("a " + text);
            if (text.equals("1")) {
                a.publish("x", "2");
                turn.pass();
            }
        });
        b.join("x", taking("b"));
        a.publish("x", "1");
        assertThat(log).containsExactly("a 1", "b 2", "b 1");
    }

    @Test
    void laterPassIsGoodToo() {
        List<Turn> turns = new ArrayList<>();
        a.join("x", (text, turn) -> turns.add(turn));
        b.join("x", taking("b"));
        a.publish("x", "1");
        assertThat(log).isEmpty();
        turns.get(0).pass();
        assertThat(log).containsExactly("b 1");
    }

    @Test
    void turnIsPassedOnceAndNotOnceItIsTaken() {
        List<Turn> turns = new ArrayList<>();
        a.join("x", (text, turn) -> turns.add(turn));
        b.join("x", taking("b"));
        a.publish("x", "1");
        assertThat(turns.get(0).pass()).isTrue();
        assertThat(turns.get(0).pass()).isFalse();
        assertThat(log).containsExactly("b 1");
        a.publish("x", "2");
        a.publish("x", "3");
        turns.get(1).take(HOLD);
        assertThat(turns.get(1).pass()).isFalse();
        assertThat(log).containsExactly("b 1", "b 2");
    }

    @Test
    void passingSkipsThoseWhoHaveLeft() {
        List<Turn> turns = new ArrayList<>();
        a.join("x", (text, turn) -> turns.add(turn));
        TransportSubscription leaving = b.join("x", taking("b"));
        c.join("x", taking("c"));
        a.publish("x", "1");
        leaving.unsubscribe();
        turns.get(0).pass();
        assertThat(log).containsExactly("c 1");
    }

    @Test
    void onlyMemberThatHasNotLeftCannotPass() {
        List<Turn> turns = new ArrayList<>();
        a.join("x", (text, turn) -> turns.add(turn));
        TransportSubscription leaving = b.join("x", taking("b"));
        a.publish("x", "1");
        leaving.unsubscribe();
        assertThat(turns.get(0).pass()).isFalse();
        assertThat(turns.get(0).take(HOLD).toCompletableFuture()).isCompletedWithValue(true);
        assertThat(log).isEmpty();
    }

    @Test
    void nobodyGetsWhatTheOnlyMemberPasses() {
        a.join("x", passing("a"));
        a.publish("x", "1");
        assertThat(log).containsExactly("a 1");
    }

    private BiConsumer<String, Turn> taking(String name) {
        return (text, turn) -> {
            turn.take(HOLD);
            log.add(name + " " + text);
        };
    }

    private BiConsumer<String, Turn> passing(String name) {
        return (text, turn) -> {
            log.add(name + " " + text);
            turn.pass();
        };
    }
}
