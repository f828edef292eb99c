package io.psrpc.testing.transports;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.Turn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends a frame to every plain subscriber of its subject and to one of the group, in turn; says afterwards if nobody was there. Several
 * channels share a subject.
 */
public final class NatsLikeBroker extends FakeBroker {
    private static final String SERVER = "SRV.";
    private static final String QUEUE = ".Q";
    /** The control line's 4,096 bytes, but for the command and its numbers. */
    private static final int MAX_SUBJECT_BYTES = 4096 - 20;

    private final Map<String, Integer> nextMember = new ConcurrentHashMap<>();
    private volatile boolean isHoldingNobody;

    /** A broker with nothing on it. */
    public NatsLikeBroker(Dispatch dispatch) {
        super("nats-like", dispatch);
    }

    /** True: that nobody is there is told only through {@link #heldAnswers}. Default false: right after the publish. */
    public void holdNobodyThere(boolean hold) {
        isHoldingNobody = hold;
    }

    @Override
    String address(BusChannel channel) {
        return channel.subject();
    }

    @Override
    @Nullable
    String keyAddress(BusChannel channel) {
        String subject = channel.subject();
        if (channel.key().isEmpty() || !subject.startsWith(SERVER) || !subject.endsWith(QUEUE)) {
            return null;
        }
        int end = subject.length() - QUEUE.length();
        return "KEY." + subject.substring(SERVER.length(), end) + '.' + channel.key();
    }

    @Override
    boolean sharesAddresses() {
        return true;
    }

    @Override
    int maxAddressBytes() {
        return MAX_SUBJECT_BYTES;
    }

    @Override
    ReceiverCount receiverCount() {
        return ReceiverCount.UNKNOWN;
    }

    @Override
    void route(FakeConnection from, OutgoingFrame frame, List<FakeSubscription> subscribers, PublishListener listener) {
        List<FakeSubscription> present = subscribers.stream()
                .filter(subscriber -> subscriber.connection.isConnected())
                .toList();
        from.answer(() -> listener.onPublished(PublishListener.UNKNOWN));
        if (present.isEmpty()) {
            if (frame.wantsReceivers()) {
                tellNobodyThere(from, listener);
            }
        } else if (!isLost()) {
            present.stream()
                    .filter(subscriber -> !subscriber.isGroup())
                    .forEach(subscriber -> subscriber.deliver(frame.bytes(), Turn.HELD));
            deliverToOne(
                    frame, present.stream().filter(FakeSubscription::isGroup).toList());
        }
    }

    private void deliverToOne(OutgoingFrame frame, List<FakeSubscription> group) {
        if (group.isEmpty()) {
            return;
        }
        int turn = nextMember.merge(frame.address(), 1, Integer::sum) - 1;
        for (int i = 0; i < group.size(); i++) {
            if (group.get(Math.floorMod(turn + i, group.size())).deliver(frame.bytes(), Turn.HELD)) {
                return;
            }
        }
    }

    private void tellNobodyThere(FakeConnection from, PublishListener listener) {
        Runnable answer = () -> from.answer(listener::onNobodyThere);
        if (isHoldingNobody) {
            heldAnswers().add(from, answer, failure -> {});
        } else {
            answer.run();
        }
    }
}
