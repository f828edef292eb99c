package io.psrpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.google.protobuf.StringValue;
import io.psrpc.PsrpcException;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusState;
import io.psrpc.testing.Faults.Kind;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

class PsrpcExtensionTest {
    private static final BusChannel NEWS = BusChannel.named("news");

    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create().withManualTime();

    @Test
    void givesABusThatCarriesMessages() {
        try (Subscription<StringValue> news = subscribe(psrpc)) {
            psrpc.bus().publish(NEWS, StringValue.of("one")).join();

            assertThat(news.next()).contains(StringValue.of("one"));
        }
    }

    @Test
    void putsFaultsAroundTheBus() {
        psrpc.faults().failNextPublish(Kind.UPDATE, 1);

        assertThatThrownBy(
                        () -> psrpc.bus().publish(NEWS, StringValue.of("one")).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PsrpcException.class);
    }

    @Test
    void theBusSeesADisconnection() {
        psrpc.faults().disconnect();

        assertThat(psrpc.bus().state().status()).isEqualTo(BusState.Status.DISCONNECTED);
    }

    @Test
    void theBusHasTheManualTime() {
        assertThat(psrpc.bus().state().since()).isEqualTo(ManualTime.START);
        assertThat(psrpc.time().pendingTimers()).isZero();
    }

    @Test
    void aTestThatLeavesSomethingBehindFails() {
        assertThat(failuresOf("leavesASubscription")).singleElement().asString().contains("subscriptions=1");
    }

    @Test
    void aTestThatHasFailedAnywayFailsForItsOwnReason() {
        assertThat(failuresOf("failsAndLeavesASubscription"))
                .singleElement()
                .asString()
                .contains("own reason");
    }

    private static List<String> failuresOf(String method) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Leaky.class, method))
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(summary)
                .build();
        LauncherFactory.create(config).execute(request);
        return summary.getSummary().getFailures().stream()
                .map(Failure::getException)
                .map(Throwable::getMessage)
                .toList();
    }

    private static Subscription<StringValue> subscribe(PsrpcExtension psrpc) {
        return psrpc.bus().subscribe(NEWS, StringValue.getDefaultInstance(), SubscriptionOptions.DEFAULT);
    }

    static class Leaky {
        @RegisterExtension
        final PsrpcExtension psrpc = PsrpcExtension.create();

        @Test
        void leavesASubscription() {
            subscribe(psrpc);
        }

        @Test
        void failsAndLeavesASubscription() {
            subscribe(psrpc);
            throw new AssertionError("own reason");
        }
    }
}
