package com.example.chatroom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.chat.ChatMessage;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.testing.PsrpcExtension;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatRoomTest {
    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create();

    @Test
    void whatIsSaidStaysInTheRoom() {
        try (Member ada = Member.enter(psrpc.bus(), "Ada", "lobby");
                Member eve = Member.enter(psrpc.bus(), "Eve", "kitchen");
                Subscription<ChatMessage> lobby = ada.read();
                Subscription<ChatMessage> kitchen = eve.read()) {
            ada.say("hello");

            assertEquals("hello", lobby.next().orElseThrow().getText());
            assertEquals(Optional.empty(), kitchen.next(Duration.ZERO));
        }
    }

    @Test
    void aSlowReaderKnowsHowManyItMissed() {
        SubscriptionOptions two = SubscriptionOptions.DEFAULT.withCapacity(2);
        try (Member ada = Member.enter(psrpc.bus(), "Ada", "lobby");
                Subscription<ChatMessage> lobby = ada.read(two)) {
            ada.say("one");
            ada.say("two");
            ada.say("three");

            assertEquals("two", lobby.next().orElseThrow().getText());
            assertEquals(1, lobby.dropped());
        }
    }

    @Test
    void aListenerIsToldOfAGapInItsPlace() throws InterruptedException {
        Notes notes = new Notes();
        try (Member ada = Member.enter(psrpc.bus(), "Ada", "lobby");
                Registration listening = ada.listen(notes)) {
            ada.say("before");
            psrpc.faults().disconnect().reconnect();
            ada.say("after");

            assertEquals("Ada: before", notes.next());
            assertEquals(Notes.GAP, notes.next());
            assertEquals("Ada: after", notes.next());
        }
    }
}
