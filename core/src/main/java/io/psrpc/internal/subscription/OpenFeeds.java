package io.psrpc.internal.subscription;

import io.psrpc.PsrpcException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one client or one bus, which end with it. */
public final class OpenFeeds {
    private final Set<UpdateFeed> feeds = ConcurrentHashMap.newKeySet();
    private volatile @Nullable PsrpcException closed;

    void add(UpdateFeed feed) {
        feeds.add(feed);
        PsrpcException reason = closed;
        if (reason != null) {
            feed.end(reason);
        }
    }

    void remove(UpdateFeed feed) {
        feeds.remove(feed);
    }

    /** Ends them all, and those that are still to come. What was buffered can be read. */
    public void close(PsrpcException reason) {
        closed = reason;
        feeds.forEach(feed -> feed.end(reason));
    }
}
