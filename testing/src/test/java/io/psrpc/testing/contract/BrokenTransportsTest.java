package io.psrpc.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.LocalBroker;
import io.psrpc.testing.ManualTime;
import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.FakeBroker;
import io.psrpc.testing.transports.NatsLikeBroker;
import io.psrpc.testing.transports.RedisLikeBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract catches a transport that does one thing wrong: the test that is about that thing fails. */
class BrokenTransportsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** A test that is to fail waits no longer than that for what will never come. */
    private static final Duration BRIEF = Duration.ofMillis(500);

    /** What carries the frames of a transport that is to be broken. */
    private enum Base {
        LOCAL,
        REDIS_LIKE,
        NATS_LIKE
    }

    /** One thing wrong, the test that is about it, and what that says. */
    private record Breakage(
            String does, Base base, UnaryOperator<BusTransport> around, String caughtBy, String saying) {
        @Override
        public String toString() {
            return does;
        }
    }

    private static Stream<Breakage> breakages() {
        return Stream.of(
                new Breakage(
                        "loses a frame",
                        Base.LOCAL,
                        BrokenPublishing.Losing::new,
                        "framesOfOneThreadAndAddressKeepTheirOrder",
                        "heard 98970 frames (expected: 100000)"),
                new Breakage(
                        "doubles a frame",
                        Base.LOCAL,
                        BrokenPublishing.Doubling::new,
                        "framesOfOneThreadAndAddressKeepTheirOrder",
                        "heard: 1030 more than once"),
                new Breakage(
                        "lets a frame overtake",
                        Base.LOCAL,
                        BrokenPublishing.Reordering::new,
                        "framesOfOneThreadAndAddressKeepTheirOrder",
                        "heard: out of order from 97, where 96 was due"),
                new Breakage(
                        "changes bytes",
                        Base.LOCAL,
                        BrokenPublishing.Rewriting::new,
                        "aFrameArrivesAsItWasPublished",
                        "heard: 1 missing"),
                new Breakage(
                        "ignores not after",
                        Base.LOCAL,
                        BrokenPublishing.Timeless::new,
                        "aFrameWhoseTimeIsOverFailsAndGoesNowhere",
                        "published to 1 (expected: failed)"),
                new Breakage(
                        "sends old frames on return",
                        Base.REDIS_LIKE,
                        BrokenPublishing.Queueing::new,
                        "aFrameWhoseTimeIsOverNeverGoesOut",
                        "a frame whose time was over"),
                new Breakage(
                        "tells published and failed",
                        Base.LOCAL,
                        BrokenPublishing.Contradicting::new,
                        "aPublishHasOneOutcome",
                        "outcome 2, after published to 1 (expected: one)"),
                new Breakage(
                        "tells nothing",
                        Base.LOCAL,
                        BrokenPublishing.Silent::new,
                        "aPublishHasOneOutcome",
                        "neither published nor failed"),
                new Breakage(
                        "counts one too many",
                        Base.LOCAL,
                        BrokenPublishing.Miscounting::new,
                        "receiversAreCountedPerConnection",
                        "receivers: nobody has subscribed"),
                new Breakage(
                        "finds nobody anywhere",
                        Base.LOCAL,
                        BrokenPublishing.Lonely::new,
                        "nobodyIsThereOnlyWhereNobodyIs",
                        "onNobodyThere: called"),
                new Breakage(
                        "throws when closed",
                        Base.LOCAL,
                        BrokenPublishing.Throwing::new,
                        "aClosedConnectionFailsWhatIsAskedOfIt",
                        "closed"),
                new Breakage(
                        "confirms too early",
                        Base.LOCAL,
                        BrokenSubscribing.Hasty::new,
                        "whatIsPublishedAfterTheConfirmationArrives",
                        "heard 1 frames (expected: 2)"),
                new Breakage(
                        "delivers after the end",
                        Base.LOCAL,
                        BrokenSubscribing.Endless::new,
                        "nothingArrivesAfterTheEndIsConfirmed",
                        "heard by a subscription that has ended"),
                new Breakage(
                        "drops the backlog at the end",
                        Base.REDIS_LIKE,
                        BrokenSubscribing.Abrupt::new,
                        "whatWasOnItsWayArrivesBeforeTheEndIsConfirmed",
                        "heard when it ended: "),
                new Breakage(
                        "delivers in parallel",
                        Base.LOCAL,
                        BrokenSubscribing.Parallel::new,
                        "framesOfOneThreadAndAddressKeepTheirOrder",
                        "heard: out of order"),
                new Breakage(
                        "keeps the array",
                        Base.LOCAL,
                        BrokenSubscribing.Sharing::new,
                        "everySubscriberGetsAnArrayOfItsOwn",
                        "heard: 200 missing"),
                new Breakage(
                        "blocks in subscribe",
                        Base.REDIS_LIKE,
                        BrokenSubscribing.Blocking::new,
                        "everythingMayBeCalledFromInsideAListener",
                        "subscribing from inside a listener: not done"),
                new Breakage(
                        "lets a subscription replace another",
                        Base.LOCAL,
                        BrokenSubscribing.Replacing::new,
                        "subscriptionsOfBothDeliveriesLiveOnOneAddress",
                        "heard 0 frames (expected: 1)"),
                new Breakage(
                        "tells of no gap",
                        Base.NATS_LIKE,
                        BrokenSubscribing.Gapless::new,
                        "subscriptionsAreBackAndTheirListenersLearnOfTheGapOnce",
                        "0 gaps (expected: 1)"),
                new Breakage(
                        "tells of a gap twice",
                        Base.NATS_LIKE,
                        BrokenSubscribing.Stammering::new,
                        "subscriptionsAreBackAndTheirListenersLearnOfTheGapOnce",
                        "gaps after two losses"),
                new Breakage(
                        "gives a groups frame to all",
                        Base.REDIS_LIKE,
                        BrokenSubscribing.Generous::new,
                        "oneMemberTakesEachFrame",
                        "more than once"),
                new Breakage(
                        "passes to nobody",
                        Base.LOCAL,
                        BrokenSubscribing.Careless::new,
                        "whatAMemberPassesAnotherOneTakes",
                        "taken by members: 150 frames (expected: 300)"),
                new Breakage(
                        "names addresses anew",
                        Base.LOCAL,
                        BrokenSubscribing.Moody::new,
                        "addressesAreAFunctionOfTheChannelAlone",
                        ", asked again"),
                new Breakage(
                        "stays when closed",
                        Base.LOCAL,
                        BrokenSubscribing.Staying::new,
                        "aClosedConnectionHearsNothing",
                        "heard by a closed connection"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void theContractCatchesIt(Breakage breakage) {
        Map<String, Throwable> failures =
                failures(breakage.base, breakage.around, BRIEF, selectMethod(Trial.class, methodOf(breakage)));

        assertThat(failures).containsKey(breakage.caughtBy);
        assertThat(failures.get(breakage.caughtBy)).hasMessageContaining(breakage.saying);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whatIsNotBrokenPasses(Base base) {
        assertThat(failures(base, transport -> transport, LONG, selectClass(Trial.class)))
                .isEmpty();
    }

    /** Those of lost connections are inside of one. */
    private static String methodOf(Breakage breakage) {
        boolean isAlone = Stream.<Class<?>>iterate(Trial.class, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .anyMatch(
                        method -> method.getName().equals(breakage.caughtBy) && method.isAnnotationPresent(Test.class));
        return isAlone ? breakage.caughtBy : "lostConnections";
    }

    /** Runs tests of the contract; those that failed, and why. */
    private static Map<String, Throwable> failures(
            Base base, UnaryOperator<BusTransport> around, Duration patience, DiscoverySelector tests) {
        Trial.base = base;
        Trial.around = around;
        Trial.patience = patience;
        Map<String, Throwable> failures = new TreeMap<>();
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(tests).build();
        // The listeners of the outer run would take these tests for its own.
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config).execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(why -> failures.put(nameOf(test), why));
            }
        });
        return failures;
    }

    private static String nameOf(TestIdentifier test) {
        return test.getDisplayName().replace("()", "");
    }

    /** The contract, for the transport that is to be tried. */
    static final class Trial extends TransportContract {
        private static Base base = Base.LOCAL;
        private static UnaryOperator<BusTransport> around = transport -> transport;
        private static Duration patience = LONG;

        private final @Nullable FakeBroker fake;
        private final Supplier<BusTransport> connect;

        Trial() {
            fake = switch (base) {
                case LOCAL -> null;
                case REDIS_LIKE -> new RedisLikeBroker(new ManualTime(), Dispatch.READERS);
                case NATS_LIKE -> new NatsLikeBroker(Dispatch.READERS);
            };
            connect = fake == null ? LocalBroker.create()::transport : fake::connect;
        }

        @Override
        protected BusTransport connect() {
            return around.apply(connect.get());
        }

        @Override
        protected Duration patience() {
            return patience;
        }

        @Override
        protected Optional<Outage> outage() {
            return fake == null ? Optional.empty() : Optional.of(FakeBrokerContract.outageOf(fake));
        }

        @Override
        protected List<String> leftOpen() {
            return fake == null ? List.of() : fake.subscribedAddresses();
        }
    }
}
