package io.psrpc.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.testing.Faults.Fate;
import io.psrpc.testing.Faults.Frames;
import io.psrpc.testing.Faults.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** What has been published, and what became of it. */
final class FrameLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Consumer<Fate>> observers = new CopyOnWriteArrayList<>();

    @GuardedBy("lock")
    private final List<Fate> fates = new ArrayList<>();

    /** Whoever waits for a kind asks again with each frame, and there may be many. */
    @GuardedBy("lock")
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    FrameLog() {}

    void observe(Consumer<Fate> observer) {
        observers.add(observer);
    }

    Fate note(Fate fate) {
        lock.lock();
        try {
            fates.add(fate);
            counts.merge(fate.kind(), 1, Integer::sum);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        observers.forEach(observer -> observer.accept(fate));
        return fate;
    }

    List<Fate> fates() {
        lock.lock();
        try {
            return List.copyOf(fates);
        } finally {
            lock.unlock();
        }
    }

    int count(Frames frames) {
        lock.lock();
        try {
            if (frames instanceof Kind kind) {
                return counts.getOrDefault(kind, 0);
            }
            return (int) fates.stream()
                    .filter(fate -> frames.include(fate.kind(), fate.address()))
                    .count();
        } finally {
            lock.unlock();
        }
    }

    void await(Frames frames, int count) {
        Patience.await(
                lock,
                changed,
                () -> count(frames) >= count,
                () -> name(frames) + count(frames) + " (expected: >= " + count + ")");
    }

    private static String name(Frames frames) {
        return frames instanceof Kind kind ? kind + " frames: " : "frames: ";
    }
}
