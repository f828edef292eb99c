package com.example.chatroom;

import com.example.chat.ChatMessage;
import io.psrpc.PsrpcException;
import io.psrpc.SubscriptionListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Writes down what a subscription tells, in the order in which it does: calls come one at a time. */
final class Notes implements SubscriptionListener<ChatMessage> {
    static final String GAP = "(a gap: the connection was lost, and what was said meanwhile with it)";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void onUpdate(ChatMessage message) {
        lines.add(message.getFrom() + ": " + message.getText());
    }

    @Override
    public void onDropped(long count) {
        lines.add("(missed " + count + ", as we were too slow)");
    }

    @Override
    public void onGap() {
        lines.add(GAP);
    }

    @Override
    public void onEnd(PsrpcException failure) {
        lines.add(failure == null ? "(closed)" : "(failed: " + failure.getMessage() + ")");
    }

    /** The next line; waits for it. */
    String next() throws InterruptedException {
        return lines.take();
    }
}
