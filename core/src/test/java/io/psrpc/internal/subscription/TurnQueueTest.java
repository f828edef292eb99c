package io.psrpc.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.SubscriptionOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.routing.Inbound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TurnQueueTest {
    private final FakeBus bus = new FakeBus();
    private final Protocol calls = new Protocol();
    private final ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, calls);
    private final List<DropReason> drops = new ArrayList<>();
    private final TurnQueue turns = new TurnQueue((reason, detail) -> drops.add(reason), "news");

    @Test
    @Rows("C10")
    void updatesKeepTheirOrderWhateverTheOrderOfTheAnswers() {
        CompletableFuture<Boolean> first = asked("a", updates);
        CompletableFuture<Boolean> second = asked("b", updates);
        CompletableFuture<Boolean> third = asked("c", updates);
        third.complete(true);
        second.complete(false);
        assertThat(calls.made).isEmpty();
        first.complete(true);

        assertThat(calls.made).containsExactly("a", "c");
    }

    @Test
    void anUpdateWhoseOwnerNobodyKnowsIsDropped() {
        asked("a", updates).completeExceptionally(new IllegalStateException("no answer"));
        asked("b", updates).complete(true);

        assertThat(calls.made).containsExactly("b");
        assertThat(drops).containsExactly(DropReason.LOCK_FAILED);
    }

    @Test
    void noLockIsHeldWhileAListenerIsCalled() {
        List<Boolean> held = new ArrayList<>();
        ListenedSubscription<StringValue> looking =
                bus.listen(SubscriptionOptions.DEFAULT, update -> held.add(Thread.holdsLock(turns)));
        asked("a", looking).complete(true);

        assertThat(held).containsExactly(false);
    }

    private CompletableFuture<Boolean> asked(String text, ListenedSubscription<StringValue> whom) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        turns.take(new Inbound(new byte[0], FakeBus.update(text), hold -> answer, 1, 0, false), whom.sink());
        return answer;
    }
}
