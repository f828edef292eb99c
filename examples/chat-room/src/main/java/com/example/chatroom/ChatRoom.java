package com.example.chatroom;

import com.example.chat.ChatMessage;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import io.psrpc.testing.Faults;
import java.time.Duration;
import java.util.Optional;

/** Three people on three buses, as in three processes, and what they hear of each other. */
public final class ChatRoom {
    private ChatRoom() {}

    /** Talks, prints what is heard, ends. */
    public static void main(String[] args) throws InterruptedException {
        LocalBroker broker = LocalBroker.create();
        Faults cable = Faults.create();
        try (MessageBus adasBus = MessageBus.over(broker.transport(), BusOptions.DEFAULT);
                MessageBus bobsBus = MessageBus.over(cable.around(broker.transport()), BusOptions.DEFAULT);
                MessageBus evesBus = MessageBus.over(broker.transport(), BusOptions.DEFAULT);
                Member ada = Member.enter(adasBus, "Ada", "lobby");
                Member bob = Member.enter(bobsBus, "Bob", "lobby");
                Member eve = Member.enter(evesBus, "Eve", "kitchen")) {
            talk(ada, bob, eve);
            listen(ada, bob);
            for (Overflow overflow : Overflow.values()) {
                overflow(ada, bob, overflow);
            }
            loseTheConnection(ada, bob, cable);
        }
        System.out.println();
        System.out.println("On a broker, only the buses are made in another way.");
    }

    private static void talk(Member ada, Member bob, Member eve) throws InterruptedException {
        title("A reader waits for what comes");
        try (Subscription<ChatMessage> lobby = bob.read();
                Subscription<ChatMessage> kitchen = eve.read()) {
            Thread reader = new Thread(() -> printUntilBye(lobby));
            reader.start();
            ada.say("hello, is anybody here?");
            ada.say("bye");
            reader.join();
            print("Eve, in the kitchen, hears "
                    + kitchen.next(Duration.ZERO).map(ChatMessage::getText).orElse("nothing"));
        }
    }

    private static void printUntilBye(Subscription<ChatMessage> messages) {
        for (ChatMessage message : messages) {
            print("Bob hears " + message.getFrom() + ": " + message.getText());
            if (message.getText().equals("bye")) {
                return;
            }
        }
    }

    private static void listen(Member ada, Member bob) throws InterruptedException {
        title("A listener is called");
        Notes notes = new Notes();
        Registration listening = bob.listen(notes);
        ada.say("hello again");
        print("Bob notes " + notes.next());
        listening.close();
        ada.say("nobody hears this");
        print("Bob notes " + notes.next());
    }

    private static void overflow(Member ada, Member bob, Overflow overflow) {
        title("A reader that is too slow, " + overflow + ": three messages fit, ten are said");
        SubscriptionOptions options =
                SubscriptionOptions.DEFAULT.withCapacity(3).withOverflow(overflow);
        try (Subscription<ChatMessage> messages = bob.read(options)) {
            for (int i = 1; i <= 10; i++) {
                ada.say("number " + i);
            }
            printWhatIsThere(messages);
            print("dropped: " + messages.dropped());
        }
    }

    private static void printWhatIsThere(Subscription<ChatMessage> messages) {
        try {
            Optional<ChatMessage> next = messages.next(Duration.ZERO);
            while (next.isPresent()) {
                print("Bob hears " + next.get().getText());
                next = messages.next(Duration.ZERO);
            }
        } catch (PsrpcException e) {
            print("then " + e.code() + ": " + e.getMessage());
        }
    }

    private static void loseTheConnection(Member ada, Member bob, Faults cable) throws InterruptedException {
        title("A gap: Bob's connection is lost for a moment");
        Notes notes = new Notes();
        try (Subscription<ChatMessage> messages = bob.read();
                Registration listening = bob.listen(notes)) {
            ada.say("one");
            cable.disconnect();
            ada.say("two");
            try {
                bob.say("hello?");
            } catch (PsrpcException e) {
                print("Bob cannot talk, " + e.code() + ": " + e.getMessage());
            }
            cable.reconnect();
            ada.say("three");
            for (int i = 0; i < 3; i++) {
                print("Bob notes " + notes.next());
            }
            print("his reader hears " + messages.next().orElseThrow().getText() + " and "
                    + messages.next().orElseThrow().getText() + ", gaps: " + messages.gaps());
        }
    }

    private static void title(String text) {
        System.out.println();
        System.out.println(text);
    }

    private static void print(String text) {
        System.out.println("  " + text);
    }
}
