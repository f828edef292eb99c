package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.example.warehouse.WarehouseClient;
import io.psrpc.testing.PsrpcExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What the extension does to a test that forgets to close something: it fails it, and says what was forgotten. */
class ForgottenTest {
    /** Not a test class of this build: the test below runs it. */
    static class Forgetful {
        @RegisterExtension
        final PsrpcExtension psrpc = PsrpcExtension.create();

        @Test
        void listensAndNeverStops() {
            WarehouseClient client = WarehouseClient.create(psrpc.bus());
            client.subscribeSoldOut();
        }
    }

    @Test
    void aTestThatLeavesASubscriptionBehindFails() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Forgetful.class))
                .build();
        LauncherFactory.create().execute(request, summary);

        String message =
                summary.getSummary().getFailures().get(0).getException().getMessage();
        assertTrue(message.startsWith("left behind on the bus: {subscriptions=3}"), message);
    }
}
