package io.psrpc.internal.local;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.bus.BusState;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.TransportHost;
import io.psrpc.interleavings.races.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Two publishers of a frame each and one of two, at one address: all come, and those of one publisher in their order. */
public final class LocalAddressRace implements Race {
    private final LocalAddress address = new LocalAddress("x");
    /** The address runs one step at a time, so nothing guards it. */
    private final List<String> delivered = new ArrayList<>();

    @Override
    public List<Runnable> sides() {
        return List.of(() -> publish("a"), () -> publish("b"), () -> {
            publish("first");
            publish("second");
        });
    }

    private void publish(String frame) {
        address.post(Idle.HOST, at -> delivered.add(frame));
    }

    @Override
    public void check() {
        expect("delivered", delivered.size(), 4);
        expect(delivered.indexOf("first") < delivered.indexOf("second"), "second came first: " + delivered);
    }

    /** So few steps are handed to nobody. */
    private enum Idle implements TransportHost {
        HOST;

        @Override
        public Timekeeper time() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Executor executor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stateChanged(BusState state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void roundTrip(Duration took) {
            throw new UnsupportedOperationException();
        }
    }
}
