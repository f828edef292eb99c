package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Duration SHORT = Duration.ofMillis(7);

    @Test
    void clientHasDefaults() {
        ClientOptions options = ClientOptions.DEFAULT;

        assertThat(options.clientId()).isEmpty();
        assertThat(options.timeout()).isEmpty();
        assertThat(options.startTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.selection()).isSameAs(Selection.DEFAULT);
        assertThat(options.subscriptions()).isSameAs(SubscriptionOptions.DEFAULT);
        assertThat(options.interceptors()).isEmpty();
        assertThat(options.observers()).isEmpty();
    }

    @Test
    void clientKeepsWhatIsSet() {
        Selection selection = Selection.DEFAULT.withAcceptFirst(true);
        SubscriptionOptions subscriptions = SubscriptionOptions.DEFAULT.withCapacity(1);
        ClientInterceptor interceptor = (call, next) -> next.proceed(call);
        ClientObserver observer = new ClientObserver() {};
        ClientOptions.Builder builder = ClientOptions.builder()
                .clientId("c1")
                .timeout(SHORT)
                .startTimeout(SHORT)
                .selection(selection)
                .subscriptions(subscriptions)
                .interceptor(interceptor)
                .observer(observer);
        ClientOptions options = builder.build();
        builder.interceptor(interceptor).observer(observer);

        assertThat(options.clientId()).contains("c1");
        assertThat(options.timeout()).contains(SHORT);
        assertThat(options.startTimeout()).isEqualTo(SHORT);
        assertThat(options.selection()).isSameAs(selection);
        assertThat(options.subscriptions()).isSameAs(subscriptions);
        assertThat(options.interceptors()).containsExactly(interceptor).isUnmodifiable();
        assertThat(options.observers()).containsExactly(observer).isUnmodifiable();
    }

    @Test
    void serverHasDefaults() {
        ServerOptions options = ServerOptions.DEFAULT;

        assertThat(options.serverId()).isEmpty();
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.startTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.executor()).isEmpty();
        assertThat(options.maxConcurrentRequests()).isEqualTo(10_000);
        assertThat(options.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.claimSkipping().getAsBoolean()).isTrue();
        assertThat(options.announceAfter()).isEqualTo(Duration.ofMillis(20));
        assertThat(options.deadlines()).isSameAs(ServerOptions.Deadlines.AS_SENT);
        assertThat(options.errorMapper().apply(new Exception())).isEmpty();
        assertThat(options.errorMasking()).isFalse();
        assertThat(options.interceptors()).isEmpty();
        assertThat(options.observers()).isEmpty();
    }

    @Test
    void serverKeepsWhatIsSet() {
        Executor executor = Runnable::run;
        BooleanSupplier never = () -> false;
        Function<Throwable, Optional<PsrpcException>> mapper = failure -> Optional.of(PsrpcException.from(failure));
        ServerInterceptor interceptor = (ctx, request, next) -> next.proceed(ctx, request);
        ServerObserver observer = new ServerObserver() {};

        ServerOptions options = ServerOptions.builder()
                .serverId("s1")
                .timeout(SHORT)
                .startTimeout(SHORT)
                .executor(executor)
                .maxConcurrentRequests(5)
                .drainTimeout(Duration.ZERO)
                .claimSkipping(never)
                .announceAfter(Duration.ZERO)
                .deadlines(ServerOptions.Deadlines.FROM_ARRIVAL)
                .errorMapper(mapper)
                .errorMasking(true)
                .interceptor(interceptor)
                .observer(observer)
                .build();

        assertThat(options.serverId()).contains("s1");
        assertThat(options.timeout()).isEqualTo(SHORT);
        assertThat(options.startTimeout()).isEqualTo(SHORT);
        assertThat(options.executor()).containsSame(executor);
        assertThat(options.maxConcurrentRequests()).isEqualTo(5);
        assertThat(options.drainTimeout()).isZero();
        assertThat(options.claimSkipping()).isSameAs(never);
        assertThat(options.announceAfter()).isZero();
        assertThat(options.deadlines()).isSameAs(ServerOptions.Deadlines.FROM_ARRIVAL);
        assertThat(options.errorMapper()).isSameAs(mapper);
        assertThat(options.errorMasking()).isTrue();
        assertThat(options.interceptors()).containsExactly(interceptor);
        assertThat(options.observers()).containsExactly(observer);
    }

    @Test
    void publisherHasATimeout() {
        assertThat(PublisherOptions.DEFAULT.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(PublisherOptions.builder().timeout(SHORT).build().timeout()).isEqualTo(SHORT);
        assertThat(PublisherOptions.DEFAULT.startTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(PublisherOptions.builder().startTimeout(SHORT).build().startTimeout())
                .isEqualTo(SHORT);
    }

    @Test
    void subscriptionHasABufferAndAPolicy() {
        SubscriptionOptions options = SubscriptionOptions.DEFAULT;
        assertThat(options.capacity()).isEqualTo(1_000);
        assertThat(options.overflow()).isSameAs(SubscriptionOptions.Overflow.DROP_OLDEST);

        SubscriptionOptions failing =
                options.withOverflow(SubscriptionOptions.Overflow.FAIL).withCapacity(1_000_000);
        assertThat(failing.capacity()).isEqualTo(1_000_000);
        assertThat(failing.overflow()).isSameAs(SubscriptionOptions.Overflow.FAIL);
    }

    @Test
    void idsAreBounded() {
        assertThat(ClientOptions.builder().clientId("x".repeat(256)).build().clientId())
                .isPresent();
        assertRefused(
                "clientId: 257 characters (expected: 1 to 256)",
                () -> ClientOptions.builder().clientId("x".repeat(257)));
        assertRefused(
                "serverId: 0 characters (expected: 1 to 256)",
                () -> ServerOptions.builder().serverId(""));
        assertRefused(
                "serverId: \\udc00 at index 1 (expected: no lone surrogate)",
                () -> ServerOptions.builder().serverId("s\udc00"));
    }

    @Test
    void numbersAndDurationsAreBounded() {
        Duration negative = Duration.ofSeconds(-1);
        assertRefused(
                "timeout: -1s (expected: > 0)", () -> ClientOptions.builder().timeout(negative));
        assertRefused(
                "startTimeout: 0s (expected: > 0)",
                () -> ClientOptions.builder().startTimeout(Duration.ZERO));
        assertRefused(
                "timeout: -1s (expected: > 0)", () -> PublisherOptions.builder().timeout(negative));
        assertRefused(
                "timeout: -1s (expected: > 0)", () -> ServerOptions.builder().timeout(negative));
        assertRefused(
                "drainTimeout: -1s (expected: >= 0)",
                () -> ServerOptions.builder().drainTimeout(negative));
        assertRefused(
                "announceAfter: -1s (expected: >= 0)",
                () -> ServerOptions.builder().announceAfter(negative));
        assertRefused(
                "maxConcurrentRequests: 0 (expected: > 0)",
                () -> ServerOptions.builder().maxConcurrentRequests(0));
        assertRefused("capacity: 0 (expected: 1 to 1000000)", () -> SubscriptionOptions.DEFAULT.withCapacity(0));
        assertRefused(
                "capacity: 1000001 (expected: 1 to 1000000)",
                () -> SubscriptionOptions.DEFAULT.withCapacity(1_000_001));
    }

    @Test
    void durationsThatOverflowNanosecondsAreTheLongest() {
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        ServerOptions options = ServerOptions.builder()
                .drainTimeout(endless)
                .startTimeout(endless)
                .build();

        assertThat(options.drainTimeout().toNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(options.startTimeout().toNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void nullIsRefusedByItsName() {
        assertThatNullPointerException()
                .isThrownBy(() -> ClientOptions.builder().timeout(null))
                .withMessage("timeout");
        assertThatNullPointerException()
                .isThrownBy(() -> ServerOptions.builder().serverId(null))
                .withMessage("serverId");
        assertThatNullPointerException()
                .isThrownBy(() -> ServerOptions.builder().errorMapper(null))
                .withMessage("mapper");
    }

    private static void assertRefused(String message, Runnable misuse) {
        assertThatIllegalArgumentException().isThrownBy(misuse::run).withMessage(message);
    }
}
