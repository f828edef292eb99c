package com.example.chatroom;

import com.example.chat.ChatClient;
import com.example.chat.ChatMessage;
import com.example.chat.ChatPublisher;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.bus.MessageBus;

/** Someone in a room, who talks and listens. There is no server: what is said goes from publisher to subscribers. */
final class Member implements AutoCloseable {
    private final String name;
    private final String room;
    private final ChatPublisher publisher;
    private final ChatClient client;

    private Member(String name, String room, ChatPublisher publisher, ChatClient client) {
        this.name = name;
        this.room = room;
        this.publisher = publisher;
        this.client = client;
    }

    static Member enter(MessageBus bus, String name, String room) {
        return new Member(name, room, ChatPublisher.create(bus), ChatClient.create(bus));
    }

    void say(String text) {
        publisher.publishMessages(
                room, ChatMessage.newBuilder().setFrom(name).setText(text).build());
    }

    /** To be read by a thread that waits. From when this returns, nothing that is said is missed. */
    Subscription<ChatMessage> read() {
        return read(SubscriptionOptions.DEFAULT);
    }

    Subscription<ChatMessage> read(SubscriptionOptions options) {
        return client.subscribeMessages(room, options);
    }

    /** Without a thread that waits: the listener is called. */
    Registration listen(SubscriptionListener<ChatMessage> listener) {
        return client.async().subscribeMessages(room, listener).join();
    }

    @Override
    public void close() {
        client.close();
        publisher.close();
    }
}
