package io.psrpc.bus;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The right to act on a frame that is for one of a group. The engine takes it at most once, or passes. Here lives a broker's lock,
 * where the broker itself does not choose the member.
 */
public interface Turn {
    /** Ours without asking: for plain subscriptions, and for brokers that choose the member themselves. */
    @SuppressWarnings(
            "ClassInitializationDeadlock") // nothing else names HeldTurn, so it is never initialised before Turn
    Turn HELD = new HeldTurn();

    /**
     * Asks for the frame.
     *
     * @param hold for how long nobody else may get it: at least 5 s, at most 60 s
     * @return true: ours; false: another member's; failed: nobody knows
     */
    CompletionStage<Boolean> take(Duration hold);

    /**
     * Asks for the frame and, if it is ours, publishes another one, in a single step at the broker. The listener is called only if it is
     * ours.
     *
     * @return as {@link #take}; null where the broker cannot, and then nothing has happened
     */
    default @Nullable CompletionStage<Boolean> takeAndPublish(
            Duration hold, OutgoingFrame frame, PublishListener listener) {
        return null;
    }

    /**
     * Not for us: not served here, or no room for it. The frame is as it came: another member may get the same array.
     *
     * @return true: another member gets it, and this turn is over; false: the broker cannot do that, or nobody is left, and the turn
     *     may still be taken
     */
    default boolean pass() {
        return false;
    }
}
