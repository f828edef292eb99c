package io.psrpc.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.bus.BusTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What goes wrong between buses and their broker, by kind of message: by chance, or for the next so many. {@link #around} puts it
 * around a transport; several transports may share one, and then the whole network has these faults. Every frame that a bus publishes
 * has one {@link Fate}. Safe for use from any thread.
 */
public final class Faults {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final Random random;

    @GuardedBy("lock")
    private final Map<Kind, List<FaultRule>> rules = new EnumMap<>(Kind.class);

    @GuardedBy("lock")
    private final List<Fate> fates = new ArrayList<>();

    @GuardedBy("lock")
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    private final Set<ByteBuffer> doubles = ConcurrentHashMap.newKeySet();
    private final List<FaultyTransport> transports = new CopyOnWriteArrayList<>();
    private final List<Consumer<Fate>> observers = new CopyOnWriteArrayList<>();

    private Faults(long seed) {
        random = new Random(seed);
    }

    /** No faults yet; chances are drawn from a fixed seed. */
    public static Faults create() {
        return seeded(1);
    }

    /** No faults yet; chances are drawn from {@code seed}. */
    public static Faults seeded(long seed) {
        return new Faults(seed);
    }

    /** What a frame carries. */
    public enum Kind {
        /** A request, of a call of whatever routing. */
        REQUEST,
        /** A server's bid for a request, or its word that it runs it. */
        CLAIM,
        /** The client's word on which server runs the request. */
        GRANT,
        /** A server's answer. */
        RESPONSE,
        /** An update for subscribers, or any message of a user's on a channel of its own. */
        UPDATE,
        /** A message of a stream. */
        STREAM
    }

    /** What becomes of a frame. */
    public enum Outcome {
        /** It is published as it is. */
        PASSED,
        /** Its publisher is told that all is well, and nobody gets it. */
        DROPPED,
        /** Whoever gets it gets it twice. */
        DUPLICATED,
        /** It is published later, so that others overtake it. */
        DELAYED,
        /** Its publisher is told of a failure, and nobody gets it. */
        FAILED,
        /** As failed, since the transport was disconnected. */
        DISCONNECTED
    }

    /**
     * What was drawn for one frame.
     *
     * @param kind what it carries
     * @param requestId of the request that it belongs to; empty for updates
     * @param outcome what becomes of it
     * @param delay by which it is later; zero unless delayed
     */
    public record Fate(Kind kind, String requestId, Outcome outcome, Duration delay) {}

    /** Puts these faults around {@code transport}, which is started and closed with the one returned. */
    public BusTransport around(BusTransport transport) {
        FaultyTransport faulty = new FaultyTransport(transport, this);
        transports.add(faulty);
        return faulty;
    }

    /** Loses this share of the frames, from 0.0 to 1.0. */
    public Faults drop(Kind kind, double share) {
        return add(kind, FaultRule.byChance(Outcome.DROPPED, share, Duration.ZERO));
    }

    /** Loses the next {@code times} frames. */
    public Faults dropNext(Kind kind, int times) {
        return add(kind, FaultRule.next(Outcome.DROPPED, times, Duration.ZERO));
    }

    /** Delivers this share of the frames twice, from 0.0 to 1.0. */
    public Faults duplicate(Kind kind, double share) {
        return add(kind, FaultRule.byChance(Outcome.DUPLICATED, share, Duration.ZERO));
    }

    /** Delivers the next {@code times} frames twice. */
    public Faults duplicateNext(Kind kind, int times) {
        return add(kind, FaultRule.next(Outcome.DUPLICATED, times, Duration.ZERO));
    }

    /** Publishes this share of the frames, from 0.0 to 1.0, so much later by the bus's time, and tells their publishers only then. */
    public Faults delay(Kind kind, Duration by, double share) {
        return add(kind, FaultRule.byChance(Outcome.DELAYED, share, by));
    }

    /** Publishes the next {@code times} frames so much later by the bus's time, and tells their publishers only then. */
    public Faults delayNext(Kind kind, Duration by, int times) {
        return add(kind, FaultRule.next(Outcome.DELAYED, times, by));
    }

    /** Fails this share of the publishes, from 0.0 to 1.0, with {@code INTERNAL}. */
    public Faults failPublish(Kind kind, double share) {
        return add(kind, FaultRule.byChance(Outcome.FAILED, share, Duration.ZERO));
    }

    /** Fails the next {@code times} publishes with {@code INTERNAL}. */
    public Faults failNextPublish(Kind kind, int times) {
        return add(kind, FaultRule.next(Outcome.FAILED, times, Duration.ZERO));
    }

    /** Takes all faults back, but for a disconnection. */
    public Faults clear() {
        lock.lock();
        try {
            rules.clear();
            return this;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the connections away: publishes fail with {@code UNAVAILABLE}, frames of others are lost, and a subscription is confirmed
     * only after {@link #reconnect}. The buses see the state.
     */
    public Faults disconnect() {
        transports.forEach(FaultyTransport::disconnect);
        return this;
    }

    /** Gives the connections back: the buses see the state, and each of their subscriptions the gap. */
    public Faults reconnect() {
        transports.forEach(FaultyTransport::reconnect);
        return this;
    }

    /** Calls {@code observer} with each fate, on the publisher's thread, before the frame meets it. Must not block. */
    public Faults observe(Consumer<Fate> observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /** The fates so far, in the order in which they were drawn. */
    public List<Fate> fates() {
        lock.lock();
        try {
            return List.copyOf(fates);
        } finally {
            lock.unlock();
        }
    }

    /** How many frames of the kind have been published, whatever their fate. */
    public int count(Kind kind) {
        lock.lock();
        try {
            return counts.getOrDefault(kind, 0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits in real time until {@code count} frames of the kind have been published since the start, whatever their fate.
     *
     * @throws AssertionError if that is not so within 10 s
     */
    public void await(Kind kind, int count) {
        Patience.await(
                lock,
                changed,
                () -> count(kind) >= count,
                () -> kind + " frames: " + count(kind) + " (expected: >= " + count + ")");
    }

    /** Draws for a frame that is about to be published. */
    Fate draw(FrameSubject subject, boolean isConnected) {
        Fate fate;
        lock.lock();
        try {
            fate = isConnected ? hit(subject) : fate(subject, Outcome.DISCONNECTED, Duration.ZERO);
            note(fate);
        } finally {
            lock.unlock();
        }
        observers.forEach(observer -> observer.accept(fate));
        return fate;
    }

    /** Notes a frame that the transport published without asking. */
    void passed(FrameSubject subject) {
        Fate fate = fate(subject, Outcome.PASSED, Duration.ZERO);
        lock.lock();
        try {
            note(fate);
        } finally {
            lock.unlock();
        }
        observers.forEach(observer -> observer.accept(fate));
    }

    /** Whether the kind's frames can only pass. */
    boolean isQuiet(Kind kind) {
        lock.lock();
        try {
            return rules.getOrDefault(kind, List.of()).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Has whoever gets this frame get it twice. */
    void makeDouble(byte[] frame) {
        doubles.add(ByteBuffer.wrap(frame.clone()));
    }

    boolean isDouble(byte[] frame) {
        return !doubles.isEmpty() && doubles.contains(ByteBuffer.wrap(frame));
    }

    void forget(FaultyTransport transport) {
        transports.remove(transport);
    }

    @GuardedBy("lock")
    private void note(Fate fate) {
        fates.add(fate);
        counts.merge(fate.kind(), 1, Integer::sum);
        changed.signalAll();
    }

    @GuardedBy("lock")
    private Fate hit(FrameSubject subject) {
        for (FaultRule rule : rules.getOrDefault(subject.kind(), List.of())) {
            if (rule.hits(random)) {
                return fate(subject, rule.outcome(), rule.delay());
            }
        }
        return fate(subject, Outcome.PASSED, Duration.ZERO);
    }

    private static Fate fate(FrameSubject subject, Outcome outcome, Duration delay) {
        return new Fate(subject.kind(), subject.requestId(), outcome, delay);
    }

    private Faults add(Kind kind, FaultRule rule) {
        lock.lock();
        try {
            rules.computeIfAbsent(Objects.requireNonNull(kind, "kind"), key -> new ArrayList<>())
                    .add(rule);
            return this;
        } finally {
            lock.unlock();
        }
    }
}
