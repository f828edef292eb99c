package io.psrpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Frames of which one member of a group gets each. */
abstract class GroupRules extends SubscriptionRules {
    private static final int FRAMES = 300;

    GroupRules() {}

    @Test
    void oneMemberTakesEachFrame() {
        assertEachTakenOnce(List.of(Member.TAKING, Member.TAKING, Member.TAKING));
    }

    @Test
    void aMemberAloneTakesAll() {
        assertEachTakenOnce(List.of(Member.TAKING));
    }

    /** A turn that was passed on is over; one that could not be is still there. */
    @Test
    void whatAMemberPassesAnotherOneTakes() {
        assertEachTakenOnce(List.of(Member.PASSING, Member.TAKING));
    }

    @Test
    void whatAllMembersPassTheLastOneTakes() {
        assertEachTakenOnce(List.of(Member.PASSING, Member.PASSING, Member.PASSING));
    }

    private void assertEachTakenOnce(List<Member.Manner> manners) {
        Party sender = stage().party();
        String address = sender.address("a");
        List<Member> members = manners.stream()
                .map(manner -> stage().party().join(address, manner))
                .toList();
        for (int i = 0; i < FRAMES; i++) {
            sender.publish(address, "frame " + i).awaitPublished();
        }

        assertTaken(FRAMES, members);
    }

    /** Each of the frames is taken by one of the members, once. */
    private void assertTaken(int frames, List<Member> members) {
        stage().witness()
                .await(
                        () -> taken(members).size() >= frames,
                        () -> "taken by members: " + taken(members).size() + " frames (expected: " + frames + ")");
        Expected.inAnyOrder(frames(frames).toList(), taken(members), "taken by members");
    }

    private static List<String> taken(List<Member> members) {
        List<String> all = new ArrayList<>();
        members.forEach(member -> all.addAll(member.taken()));
        return all;
    }

    /** Another member's frames are its own affair, but a frame that nobody takes must not hold up the next one. */
    @Test
    void aTurnThatIsNotTakenHoldsNothingUp() {
        Party sender = stage().party();
        String address = sender.address("a");
        Member member = stage().party().join(address, (self, turn) -> {
            if (self.offered().endsWith("taken")) {
                self.take(turn);
            }
            return false;
        });
        for (int i = 0; i < 10; i++) {
            sender.publish(address, i + " left").awaitPublished();
            sender.publish(address, i + " taken").awaitPublished();
        }

        awaitTaken(IntStream.range(0, 10).mapToObj(i -> i + " taken").toList(), member);
    }

    @Test
    void aMemberThatHasLeftMissesNothingOfTheOthers() {
        Party sender = stage().party();
        String address = sender.address("a");
        List<Member> members =
                Stream.generate(() -> stage().party().join(address)).limit(3).toList();
        for (int i = 0; i < FRAMES; i++) {
            if (i == FRAMES / 3) {
                members.get(0).end();
            }
            if (i == 2 * FRAMES / 3) {
                members.get(1).end();
            }
            sender.publish(address, "frame " + i).awaitPublished();
        }

        assertTaken(FRAMES, members);
    }

    /** As when a server drains: whatever the broker gave it is still its own. */
    @Test
    void aMemberThatLeavesUnderLoadLosesNothing() {
        Party sender = stage().party();
        String address = sender.address("a");
        List<Member> members = new ArrayList<>();
        members.add(stage().party().join(address));
        List<Posted> posted = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            posted.add(sender.publish(address, "frame " + i));
            if (i % 50 == 49) {
                posted.forEach(Posted::awaitPublished);
                members.add(stage().party().join(address));
                Member leaving = members.get(members.size() - 2);
                leaving.end();
            }
        }

        assertTaken(FRAMES, members);
    }

    @Test
    void plainSubscribersGetEveryFrameOfAGroupToo() {
        Party sender = stage().party();
        String address = sender.address("a");
        List<Member> members =
                List.of(stage().party().join(address), stage().party().join(address));
        Ear plain = stage().party().hear(address);
        for (int i = 0; i < FRAMES; i++) {
            sender.publish(address, "frame " + i).awaitPublished();
        }

        Expected.inOrder(frames(FRAMES).toList(), plain.await(FRAMES), "heard by the plain subscriber");
        assertTaken(FRAMES, members);
    }

    /** In one step at the broker, or, where it has none, in two. */
    @Test
    void whoTakesAndPublishesDoesBothOrNeither() {
        Party sender = stage().party();
        String address = sender.address("a");
        String bids = sender.address("bids");
        Ear bidding = sender.hear(bids);
        List<Posted> won = new CopyOnWriteArrayList<>();
        List<Posted> lost = new CopyOnWriteArrayList<>();
        List<Member> members = Stream.generate(stage()::party)
                .limit(3)
                .map(party -> party.join(address, (self, turn) -> {
                    takeAndPublish(self, turn, party, bids, won, lost);
                    return false;
                }))
                .toList();
        for (int i = 0; i < FRAMES; i++) {
            sender.publish(address, "frame " + i).awaitPublished();
        }

        assertTaken(FRAMES, members);
        Expected.inAnyOrder(frames(FRAMES).toList(), bidding.await(FRAMES), "published by those who took a frame");
        won.forEach(Posted::awaitPublished);
        assertTrue(lost.stream().noneMatch(Posted::isOver), "outcomes told to who did not get the frame: some");
    }

    private void takeAndPublish(Member self, Turn turn, Party party, String bids, List<Posted> won, List<Posted> lost) {
        String text = self.offered();
        OutgoingFrame frame = Party.frame(bids, text, Long.MAX_VALUE, false);
        Posted bid = new Posted(stage().witness(), frame, () -> {});
        CompletionStage<Boolean> step = turn.takeAndPublish(Member.HOLD, frame, bid);
        if (step == null) {
            turn.take(Member.HOLD).thenAccept(isOurs -> {
                if (isOurs) {
                    party.publish(bids, text);
                    self.takes(text);
                }
            });
            return;
        }
        step.thenAccept(isOurs -> {
            (isOurs ? won : lost).add(bid);
            if (isOurs) {
                self.takes(text);
            }
        });
    }

    private static Stream<String> frames(int count) {
        return IntStream.range(0, count).mapToObj(i -> "frame " + i);
    }
}
