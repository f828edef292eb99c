package io.psrpc.internal.client;

import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.Selection;
import io.psrpc.Selection.ServerSelector;
import io.psrpc.internal.time.Nanos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one call selects its server: the call's selection over the client's over the method's. */
record SelectionRules(
        float minimum,
        float maximum,
        boolean acceptFirst,
        long timeoutNanos,
        long shortCircuitNanos,
        boolean earlyEnd,
        @Nullable ServerSelector selector) {
    private static final Selection AFFINITY_DEFAULT = Selection.DEFAULT
            .withTimeout(Duration.ofSeconds(1))
            .withShortCircuit(Duration.ofMillis(200))
            .withAcceptFirst(false);
    private static final Selection QUEUE_DEFAULT =
            Selection.DEFAULT.withTimeout(Duration.ofSeconds(1)).withAcceptFirst(true);
    private static final SelectionRules QUEUE_RULES = of(QUEUE_DEFAULT);

    static SelectionRules of(MethodInfo method, Selection call, Selection client) {
        if (method.routing() != Routing.QUEUE) {
            return of(call.orElse(client).orElse(AFFINITY_DEFAULT));
        }
        if (call == Selection.DEFAULT && client == Selection.DEFAULT) {
            return QUEUE_RULES;
        }
        refuseAffinity(method, call);
        Selection timers = Selection.DEFAULT;
        timers = client.timeout().map(timers::withTimeout).orElse(timers);
        return of(call.orElse(timers).orElse(QUEUE_DEFAULT));
    }

    /** On a queue method one server gets the request: there is nothing to choose. */
    private static void refuseAffinity(MethodInfo method, Selection given) {
        boolean chooses = given.minimumAffinity().filter(a -> a > 0).isPresent()
                || given.maximumAffinity().filter(a -> a > 0).isPresent()
                || given.selector().isPresent();
        if (chooses) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "selection for %s.%s: minimum, maximum or selector (expected: none of them, its routing is QUEUE)",
                    method.service(), method.method());
        }
    }

    private static SelectionRules of(Selection selection) {
        return new SelectionRules(
                selection.minimumAffinity().orElse(0f),
                selection.maximumAffinity().orElse(0f),
                selection.acceptFirst().orElse(false),
                selection.timeout().map(Nanos::of).orElse(Nanos.MAX),
                selection.shortCircuit().map(Nanos::of).orElse(Nanos.MAX),
                selection.earlyEnd().orElse(true),
                selection.selector().orElse(null));
    }
}
