package io.psrpc.interleavings;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.interleavings.races.NamedRace;
import io.psrpc.interleavings.races.Race;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Races with a fault, one of each kind that is looked for. An explorer that does not find them sees nothing. */
final class Controls {
    private Controls() {}

    static List<NamedRace> all() {
        return List.of(
                control("field without a lock", LostUpdate::new),
                control("check, then act", CheckThenAct::new),
                control("two locks in two orders", TwoOrders::new),
                control("wake-up that comes too soon", LostWakeUp::new));
    }

    private static NamedRace control(String fault, java.util.function.Supplier<Race> races) {
        return new NamedRace("control", fault, races);
    }

    private static final class LostUpdate implements Race {
        private int count;

        @Override
        public List<Runnable> sides() {
            return List.of(() -> count++, () -> count++);
        }

        @Override
        public void check() {
            expect("count", count, 2);
        }
    }

    private static final class CheckThenAct implements Race {
        private boolean isTaken;
        private int takers;

        @Override
        public List<Runnable> sides() {
            return List.of(this::take, this::take);
        }

        private void take() {
            if (!isTaken()) {
                synchronized (this) {
                    isTaken = true;
                    takers++;
                }
            }
        }

        private synchronized boolean isTaken() {
            return isTaken;
        }

        @Override
        public void check() {
            expect("takers", takers, 1);
        }
    }

    private static final class TwoOrders implements Race {
        private final ReentrantLock one = new ReentrantLock();
        private final Object other = new Object();
        private int times;

        @Override
        public List<Runnable> sides() {
            return List.of(this::oneFirst, this::otherFirst);
        }

        private void oneFirst() {
            one.lock();
            try {
                synchronized (other) {
                    times++;
                }
            } finally {
                one.unlock();
            }
        }

        private void otherFirst() {
            synchronized (other) {
                one.lock();
                try {
                    times++;
                } finally {
                    one.unlock();
                }
            }
        }

        @Override
        public void check() {
            expect("times", times, 2);
        }
    }

    private static final class LostWakeUp implements Race {
        private volatile boolean isDone;
        private volatile @Nullable Thread waiter;

        @Override
        public List<Runnable> sides() {
            return List.of(this::await, this::wake);
        }

        private void await() {
            while (!isDone) {
                waiter = Thread.currentThread();
                LockSupport.park(this);
            }
        }

        private void wake() {
            Thread waiting = waiter;
            isDone = true;
            LockSupport.unpark(waiting);
        }

        @Override
        public void check() {
            expect(isDone, "not done");
        }
    }
}
