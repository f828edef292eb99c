package io.psrpc.internal.subscription;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/** The rules of reactive streams, as their own test kit has them. */
final class ReactiveStreamsTest {
    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(2);

    @AfterAll
    static void endThreads() {
        EXECUTOR.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> publisherKeepsTheRule() {
        return Arrays.stream(Rules.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> verify(rule)));
    }

    private static void verify(Method rule) throws Throwable {
        Rules rules = new Rules();
        rules.setUp();
        try {
            rule.invoke(rules);
        } catch (InvocationTargetException e) {
            // A rule for publishers of another kind: those with several subscribers.
            if (!(e.getCause() instanceof SkipException)) {
                throw e.getCause();
            }
        }
    }

    /** Public for the sake of reflection. */
    public static final class Rules extends FlowPublisherVerification<StringValue> {
        private static final long ENOUGH = 1_000;

        Rules() {
            super(new TestEnvironment(500, 50));
        }

        /** Ends by being closed, as updates have no end of their own. */
        @Override
        public Flow.Publisher<StringValue> createFlowPublisher(long elements) {
            BufferedSubscription<StringValue> updates = new FakeBus(EXECUTOR).open(SubscriptionOptions.DEFAULT);
            for (int i = 0; i < Math.min(elements, ENOUGH); i++) {
                updates.sink().offer(FakeBus.update(i));
            }
            Flow.Publisher<StringValue> publisher = updates.publisher();
            if (elements == 0) {
                updates.close();
            }
            return subscriber ->
                    publisher.subscribe(subscriber == null ? null : new Closing(subscriber, updates, elements));
        }

        @Override
        public Flow.Publisher<StringValue> createFailedFlowPublisher() {
            BufferedSubscription<StringValue> updates = new FakeBus(EXECUTOR).open(SubscriptionOptions.DEFAULT);
            updates.sink().end(new PsrpcException(ErrorCode.UNAVAILABLE, "failed before"));
            return updates.publisher();
        }

        @Override
        public long maxElementsFromPublisher() {
            return ENOUGH;
        }
    }

    /** Passes everything on, and closes the subscription after so many updates. */
    private static final class Closing implements Flow.Subscriber<StringValue> {
        private final Flow.Subscriber<? super StringValue> to;
        private final Subscription<StringValue> updates;
        private long left;

        Closing(Flow.Subscriber<? super StringValue> to, Subscription<StringValue> updates, long elements) {
            this.to = to;
            this.updates = updates;
            left = elements;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(StringValue update) {
            to.onNext(update);
            left--;
            if (left == 0) {
                updates.close();
            }
        }

        @Override
        public void onError(Throwable failure) {
            to.onError(failure);
        }

        @Override
        public void onComplete() {
            to.onComplete();
        }
    }
}
