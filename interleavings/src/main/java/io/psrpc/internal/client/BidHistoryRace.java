package io.psrpc.internal.client;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.interleavings.races.Race;
import io.psrpc.internal.routing.Address;
import java.util.List;
import java.util.stream.Stream;

/** Two calls hear of one more server each, while a third asks whether everyone has bid. */
public final class BidHistoryRace implements Race {
    private static final Address REQUESTS = new Address("Svc|Affinity|REQ", "", null);

    private final BidHistory history = new BidHistory(() -> 0);

    public BidHistoryRace() {
        history.learn(REQUESTS, bidders("first"));
    }

    @Override
    public List<Runnable> sides() {
        return List.of(
                () -> history.joined(REQUESTS, "second"),
                () -> history.confirm(REQUESTS, bidders("first", "third")),
                () -> history.isEveryone(REQUESTS, bidders("first"), true));
    }

    @Override
    public void check() {
        expect(!history.isEveryone(REQUESTS, bidders("first", "second"), true), "the third is forgotten");
        expect(!history.isEveryone(REQUESTS, bidders("first", "third"), true), "the second is forgotten");
        expect(history.isEveryone(REQUESTS, bidders("first", "second", "third"), true), "not everyone");
    }

    private static Participants bidders(String... servers) {
        Participants bidders = new Participants(UnaryCall.MAX_BIDS);
        Stream.of(servers).forEach(server -> bidders.add(server, 1));
        return bidders;
    }
}
