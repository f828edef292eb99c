package io.psrpc.testing.transports;

import io.psrpc.bus.FrameListener;
import io.psrpc.bus.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it hears. */
public final class FakeListener implements FrameListener {
    /** What a gap is noted as. */
    public static final String GAP = "(gap)";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Turn> turns = new CopyOnWriteArrayList<>();

    /** A listener that has heard nothing. */
    public FakeListener() {}

    /** The frames as text, and gaps. */
    public List<String> heard() {
        return heard;
    }

    /** The turns that came with the frames. */
    public List<Turn> turns() {
        return turns;
    }

    @Override
    public void onFrame(byte[] frame, Turn turn) {
        turns.add(turn);
        heard.add(new String(frame, StandardCharsets.UTF_8));
    }

    @Override
    public void onGap() {
        heard.add(GAP);
    }
}
