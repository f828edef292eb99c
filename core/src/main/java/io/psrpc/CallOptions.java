package io.psrpc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one call does differently. Immutable; what is unset comes from the client. A call's timeout is its own, else the lesser of the
 * client's and of what is left of the request it is made for, else the one of them that is set, else 3 s; it never outlasts that
 * request.
 */
public final class CallOptions {
    /** Nothing set. */
    public static final CallOptions DEFAULT = new CallOptions(new Draft());

    private final @Nullable Duration timeout;
    private final @Nullable RequestContext deadlineOf;
    private final Map<String, String> metadata;
    private final Selection selection;
    private final OptionalInt expectedResponses;
    private final boolean earlyEnd;
    private final boolean waitForServer;
    private final List<ClientInterceptor> interceptors;

    private CallOptions(Draft draft) {
        timeout = draft.timeout;
        deadlineOf = draft.deadlineOf;
        metadata = draft.metadata;
        selection = draft.selection;
        expectedResponses = draft.expectedResponses;
        earlyEnd = draft.earlyEnd;
        waitForServer = draft.waitForServer;
        interceptors = draft.interceptors;
    }

    /** Just a {@linkplain #withTimeout timeout}. */
    public static CallOptions timeout(Duration timeout) {
        return DEFAULT.withTimeout(timeout);
    }

    /** Just {@linkplain #withDeadlineOf the deadline} of the request that the call is made for. */
    public static CallOptions within(RequestContext ctx) {
        return DEFAULT.withDeadlineOf(ctx);
    }

    /** Just a {@linkplain #withSelection selection}. */
    public static CallOptions selecting(Selection selection) {
        return DEFAULT.withSelection(selection);
    }

    /**
     * Ends the call {@code DEADLINE_EXCEEDED} after so long.
     *
     * @throws IllegalArgumentException unless it is above zero
     */
    public CallOptions withTimeout(Duration timeout) {
        Draft draft = new Draft(this);
        draft.timeout = Check.positive("timeout", timeout);
        return new CallOptions(draft);
    }

    /**
     * Ends the call no later than the request that it is made for. What is {@linkplain RequestContext#remaining left} is asked when the
     * call starts. Passes on nothing but the deadline.
     */
    public CallOptions withDeadlineOf(RequestContext ctx) {
        Draft draft = new Draft(this);
        draft.deadlineOf = Objects.requireNonNull(ctx, "ctx");
        return new CallOptions(draft);
    }

    /**
     * Adds a pair to what the handler finds in {@link RequestContext#metadata()}; replaces the key's value if it has one.
     *
     * @throws IllegalArgumentException if all pairs together exceed 64 KiB in UTF-8
     */
    public CallOptions withMetadata(String key, String value) {
        return withMetadata(Map.of(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value")));
    }

    /**
     * Adds pairs, as {@link #withMetadata(String, String)} does one.
     *
     * @throws IllegalArgumentException if all pairs together exceed 64 KiB in UTF-8
     */
    public CallOptions withMetadata(Map<String, String> entries) {
        Draft draft = new Draft(this);
        draft.metadata = Metadata.merged(metadata, Objects.requireNonNull(entries, "entries"));
        return new CallOptions(draft);
    }

    /** Chooses the server so; what it leaves unset comes from the client, then from the method's routing. */
    public CallOptions withSelection(Selection selection) {
        Draft draft = new Draft(this);
        draft.selection = Objects.requireNonNull(selection, "selection");
        return new CallOptions(draft);
    }

    /**
     * Ends a multi call when so many have answered. Unset: when everyone has whom the broker counted, else at the deadline.
     *
     * @throws IllegalArgumentException unless it is above zero
     */
    public CallOptions withExpectedResponses(int count) {
        Draft draft = new Draft(this);
        draft.expectedResponses = OptionalInt.of(Check.positive("expectedResponses", count));
        return new CallOptions(draft);
    }

    /** Lets a multi call end as soon as everyone has answered whom the broker counted (default), or keeps it to its deadline. */
    public CallOptions withEarlyEnd(boolean earlyEnd) {
        Draft draft = new Draft(this);
        draft.earlyEnd = earlyEnd;
        return new CallOptions(draft);
    }

    /** While nobody is there, asks again until the deadline, or fails {@code UNAVAILABLE} at once (default). */
    public CallOptions withWaitForServer(boolean wait) {
        Draft draft = new Draft(this);
        draft.waitForServer = wait;
        return new CallOptions(draft);
    }

    /** Adds an interceptor, inside of those added before and of the client's. */
    public CallOptions withInterceptor(ClientInterceptor interceptor) {
        Objects.requireNonNull(interceptor, "interceptor");
        Draft draft = new Draft(this);
        draft.interceptors =
                Stream.concat(interceptors.stream(), Stream.of(interceptor)).toList();
        return new CallOptions(draft);
    }

    /** The call's own timeout. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** The request that the call is made for, whose deadline it keeps. */
    public Optional<RequestContext> deadlineOf() {
        return Optional.ofNullable(deadlineOf);
    }

    /** The pairs that the handler gets; unmodifiable. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** How the server is chosen; {@link Selection#DEFAULT} when unset. */
    public Selection selection() {
        return selection;
    }

    /** How many answers end a multi call. */
    public OptionalInt expectedResponses() {
        return expectedResponses;
    }

    /** Whether a multi call may end before its deadline. */
    public boolean earlyEnd() {
        return earlyEnd;
    }

    /** Whether the call waits for a server to come. */
    public boolean waitForServer() {
        return waitForServer;
    }

    /** The call's own interceptors, outermost first; unmodifiable. */
    public List<ClientInterceptor> interceptors() {
        return interceptors;
    }

    private static final class Draft {
        @Nullable
        Duration timeout;

        @Nullable
        RequestContext deadlineOf;

        Map<String, String> metadata = Map.of();
        Selection selection = Selection.DEFAULT;
        OptionalInt expectedResponses = OptionalInt.empty();
        boolean earlyEnd = true;
        boolean waitForServer;
        List<ClientInterceptor> interceptors = List.of();

        Draft() {}

        Draft(CallOptions from) {
            timeout = from.timeout;
            deadlineOf = from.deadlineOf;
            metadata = from.metadata;
            selection = from.selection;
            expectedResponses = from.expectedResponses;
            earlyEnd = from.earlyEnd;
            waitForServer = from.waitForServer;
            interceptors = from.interceptors;
        }
    }
}
