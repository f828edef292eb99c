package io.psrpc.testing.behaviours.servers;

import com.google.errorprone.annotations.Immutable;
import java.util.concurrent.CompletableFuture;

/** Where users' code is run that may block. */
enum Place {
    HANDLER(Runs.ON_WORKERS, ServerCode::handler),
    SERVER_INTERCEPTOR(Runs.ON_WORKERS, ServerCode::interceptor),
    ERROR_MAPPER(Runs.ON_WORKERS, ServerCode::errorMapper),
    ON_DONE_ACTION(Runs.ON_WORKERS, ServerCode::onDone),
    AFFINITY_FUNCTION(Runs.ON_WORKERS, ServerCode::affinity),
    SELECTOR(Runs.ON_WORKERS, ClientCode::selector),
    INTERCEPTOR(Runs.ON_CALLER, ClientCode::interceptor),
    INTERCEPTORS_CONTINUATION(Runs.ON_WORKERS, ClientCode::continuation),
    INTERCEPTOR_OF_A_BLOCKING_CALL(Runs.ON_CALLER, ClientCode::callersInterceptor),
    CONTINUATION_OF_A_BLOCKING_CALL(Runs.ON_CALLER, ClientCode::callersContinuation),
    MULTI_INTERCEPTOR(Runs.ON_CALLER, ClientCode::multiInterceptor),
    MULTI_OBSERVER(Runs.ON_WORKERS, ClientCode::multiObserver),
    MULTI_INTERCEPTOR_OF_A_BLOCKING_CALL(Runs.ON_CALLER, ClientCode::callersMultiInterceptor),
    MULTI_OBSERVER_OF_A_BLOCKING_CALL(Runs.ON_CALLER, ClientCode::callersMultiObserver),
    ANSWERS_COMPLETION(Runs.ON_WORKERS, ClientCode::answer),
    MULTI_CALLS_CONSUMER(Runs.ON_WORKERS, ClientCode::multiConsumer),
    MULTI_CALLS_COMPLETION(Runs.ON_WORKERS, ClientCode::multiAnswers),
    UPDATES_COMPLETION(Runs.ON_WORKERS, SubscriptionCode::published),
    MESSAGES_COMPLETION(Runs.ON_WORKERS, SubscriptionCode::publishedOnChannel),
    SUBSCRIPTIONS_COMPLETION(Runs.ON_WORKERS, SubscriptionCode::subscribed),
    LISTENER(Runs.ON_WORKERS, SubscriptionCode::onUpdate),
    LISTENER_OF_LOSSES(Runs.ON_WORKERS, SubscriptionCode::onDropped),
    LISTENER_OF_GAPS(Runs.ON_WORKERS, SubscriptionCode::onGap),
    LISTENER_OF_THE_END(Runs.ON_CALLER, SubscriptionCode::onEnd),
    SUBSCRIBER(Runs.ON_WORKERS, SubscriptionCode::onNext),
    SUBSCRIBER_OF_THE_END(Runs.ON_CALLER, SubscriptionCode::onError),
    STATE_LISTENER(Runs.ON_WORKERS, SubscriptionCode::onState);

    /** What becomes of it where the executor runs everything in place. */
    private enum Runs {
        /** What happens on an engine's thread would be followed by it there. */
        ON_WORKERS,
        /** A thread of the user's has brought it about, and would run it. */
        ON_CALLER
    }

    /** How the code is brought to run. */
    @Immutable
    private interface Invocation {
        CompletableFuture<?> begin(Workplace at, Runnable code);
    }

    private final Runs runs;
    private final Invocation invocation;

    Place(Runs runs, Invocation invocation) {
        this.runs = runs;
        this.invocation = invocation;
    }

    /**
     * Has {@code code} run here, once or more.
     *
     * @return done when all has ended well that had to wait for it
     */
    CompletableFuture<?> begin(Workplace at, Runnable code) {
        return invocation.begin(at, code);
    }

    /** True: with {@code Runnable::run} as executor it is run on an engine's thread. */
    boolean mayComeToAnEngineThread() {
        return runs == Runs.ON_WORKERS;
    }
}
