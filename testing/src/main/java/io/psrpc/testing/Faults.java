package io.psrpc.testing;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What goes wrong between buses and their broker, by kind of message and by address: by chance, or for the next so many. {@link #around}
 * puts it around a transport; several transports may share one, and then the whole network has these faults. Every frame that a bus
 * publishes has one {@link Fate}. Where several faults are for one frame, it has the first of them that hits it.
 *
 * <p>Safe for use from any thread.
 */
public final class Faults {
    private final FaultRules rules;
    private final FrameLog log = new FrameLog();
    private final Set<ByteBuffer> doubles = ConcurrentHashMap.newKeySet();
    private final List<FaultyTransport> transports = new CopyOnWriteArrayList<>();

    private Faults(long seed) {
        rules = new FaultRules(seed);
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
    public enum Kind implements Frames {
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
        STREAM;

        @Override
        public boolean include(Kind kind, String address) {
            return kind == this;
        }
    }

    /**
     * Which frames: those of a {@link Kind}, those to an address, or both. An address is what the transport calls a channel; on the
     * in-process bus {@code "MyService|NormalRPC|REQ"} for requests, {@code "ChatRoom|Message|lobby|REQ"} for updates of a topic. What
     * the addresses of a test are, {@link #fates} tells.
     */
    @FunctionalInterface
    public interface Frames {
        /** Whether a frame of this kind, to this address, is one of them. */
        boolean include(Kind kind, String address);

        /** All frames. */
        static Frames all() {
            return (kind, address) -> true;
        }

        /** Those of them that go to {@code address}. */
        default Frames to(String address) {
            Objects.requireNonNull(address, "address");
            return to(address::equals);
        }

        /** Those of them whose address {@code passes}. */
        default Frames to(Predicate<String> passes) {
            Objects.requireNonNull(passes, "passes");
            return (kind, address) -> include(kind, address) && passes.test(address);
        }
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
     * @param address where it goes
     * @param requestId of the request that it belongs to; empty for updates
     * @param outcome what becomes of it
     * @param delay by which it is later; zero unless delayed
     */
    public record Fate(Kind kind, String address, String requestId, Outcome outcome, Duration delay) {}

    /** Puts these faults around {@code transport}, which is started and closed with the one returned. */
    public BusTransport around(BusTransport transport) {
        FaultyTransport faulty = new FaultyTransport(transport, this);
        transports.add(faulty);
        return faulty;
    }

    /** Loses this share of the frames, from 0.0 to 1.0. */
    public Faults drop(Frames frames, double share) {
        return add(FaultRule.byChance(frames, Outcome.DROPPED, share, Duration.ZERO));
    }

    /** Loses the next {@code times} frames. */
    public Faults dropNext(Frames frames, int times) {
        return add(FaultRule.next(frames, Outcome.DROPPED, times, Duration.ZERO));
    }

    /** Delivers this share of the frames twice, from 0.0 to 1.0. */
    public Faults duplicate(Frames frames, double share) {
        return add(FaultRule.byChance(frames, Outcome.DUPLICATED, share, Duration.ZERO));
    }

    /** Delivers the next {@code times} frames twice. */
    public Faults duplicateNext(Frames frames, int times) {
        return add(FaultRule.next(frames, Outcome.DUPLICATED, times, Duration.ZERO));
    }

    /** Publishes this share of the frames, from 0.0 to 1.0, so much later by the bus's time, and tells their publishers only then. */
    public Faults delay(Frames frames, Duration by, double share) {
        return add(FaultRule.byChance(frames, Outcome.DELAYED, share, by));
    }

    /** Publishes the next {@code times} frames so much later by the bus's time, and tells their publishers only then. */
    public Faults delayNext(Frames frames, Duration by, int times) {
        return add(FaultRule.next(frames, Outcome.DELAYED, times, by));
    }

    /** Fails this share of the publishes, from 0.0 to 1.0, with {@code INTERNAL}. */
    public Faults failPublish(Frames frames, double share) {
        return add(FaultRule.byChance(frames, Outcome.FAILED, share, Duration.ZERO));
    }

    /** Fails the next {@code times} publishes with {@code INTERNAL}. */
    public Faults failNextPublish(Frames frames, int times) {
        return add(FaultRule.next(frames, Outcome.FAILED, times, Duration.ZERO));
    }

    private Faults add(FaultRule rule) {
        rules.add(rule);
        return this;
    }

    /** Takes all faults back, but for a disconnection. */
    public Faults clear() {
        rules.clear();
        return this;
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
        log.observe(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /** The fates so far, oldest first. */
    public List<Fate> fates() {
        return log.fates();
    }

    /** How many of these frames have been published, whatever their fate. */
    public int count(Frames frames) {
        return log.count(frames);
    }

    /**
     * Waits in real time until {@code count} of these frames have been published since the start, whatever their fate.
     *
     * @throws AssertionError if that is not so within 10 s
     */
    public void await(Frames frames, int count) {
        log.await(frames, count);
    }

    /** Draws for a frame that is about to be published. */
    Fate draw(OutgoingFrame frame, boolean isConnected) {
        FrameSubject subject = FrameSubject.of(frame);
        return log.note(isConnected ? rules.draw(subject) : subject.fate(Outcome.DISCONNECTED, Duration.ZERO));
    }

    /** Notes a frame that the transport published without asking. */
    void passed(FrameSubject subject) {
        log.note(subject.fate(Outcome.PASSED, Duration.ZERO));
    }

    /** Whether the frame can only pass. */
    boolean isQuiet(FrameSubject subject) {
        return rules.isQuiet(subject);
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
}
