package io.psrpc.testing.contract;

import io.psrpc.bus.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of a group: what it has taken of what it was offered. */
final class Member implements Reaction {
    /** What a member does with its turns. */
    @FunctionalInterface
    interface Manner {
        /** True: passed on to another member. */
        boolean with(Member member, Turn turn);
    }

    /** What a group's frames are held for: the shortest that the engine asks for. */
    static final Duration HOLD = Duration.ofSeconds(5);

    /** Takes every turn. */
    static final Manner TAKING = (member, turn) -> {
        member.take(turn);
        return false;
    };

    /** Takes none that another member may have. */
    static final Manner PASSING = (member, turn) -> turn.pass() || TAKING.with(member, turn);

    private final Witness witness;
    private final Manner manner;
    private final List<String> taken = new ArrayList<>();
    private final ThreadLocal<String> offered = new ThreadLocal<>();
    private @Nullable Ear ear;

    Member(Witness witness, Manner manner) {
        this.witness = witness;
        this.manner = manner;
    }

    void of(Ear ear) {
        this.ear = ear;
    }

    @Override
    public boolean to(String text, Turn turn) {
        offered.set(text);
        return manner.with(this, turn);
    }

    /** The frame that its turn is about, inside the call with it. */
    String offered() {
        return Objects.requireNonNull(offered.get(), "offered");
    }

    void take(Turn turn) {
        String text = offered();
        turn.take(HOLD).whenComplete((isOurs, failure) -> {
            if (failure != null) {
                witness.violated("a turn for " + text + ": failed with " + failure + " (expected: true or false)");
            } else if (isOurs) {
                takes(text);
            }
        });
    }

    void takes(String text) {
        synchronized (taken) {
            taken.add(text);
        }
        witness.changed();
    }

    /** What is its own, in the order in which it learnt so. */
    List<String> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    void end() {
        Objects.requireNonNull(ear, "ear").end();
    }

    Ear ear() {
        return Objects.requireNonNull(ear, "ear");
    }
}
