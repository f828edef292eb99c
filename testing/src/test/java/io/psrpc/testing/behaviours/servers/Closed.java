package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.ErrorCode;
import io.psrpc.bus.BusState.Status;
import java.time.Duration;

/** What of a {@link Household} can be closed, and what holds when it has been. */
enum Closed {
    REGISTRATION {
        @Override
        void close(Household household) {
            household.handlers.close();
        }

        @Override
        void assertClosed(Household household) {
            assertNotServed(household);
        }
    },
    SUBSCRIPTIONS {
        @Override
        void close(Household household) {
            household.closeSubscriptions();
        }

        @Override
        void assertClosed(Household household) {
            household.scene().await("told the end", () -> household.ends() == 1);
            assertThat(household.reading.isClosed()).isTrue();
        }
    },
    CLIENT {
        @Override
        void close(Household household) {
            household.client.close();
        }

        @Override
        void assertClosed(Household household) {
            assertFails(
                    household.scene().call(household.client, Store.FETCH, ""), ErrorCode.CANCELED, "client is closed");
        }
    },
    DRAINED_SERVER {
        @Override
        void close(Household household) {
            assertThat(household.server.drain(Duration.ofSeconds(10))).isTrue();
        }

        @Override
        void assertClosed(Household household) {
            assertNotServed(household);
        }
    },
    SERVER {
        @Override
        void close(Household household) {
            household.server.close();
        }

        @Override
        void assertClosed(Household household) {
            assertNotServed(household);
        }
    },
    STOPPED_SERVER {
        @Override
        void close(Household household) {
            household.server.shutdownNow();
        }

        @Override
        void assertClosed(Household household) {
            assertNotServed(household);
        }
    },
    BUS {
        @Override
        void close(Household household) {
            household.bus.close();
        }

        @Override
        void assertClosed(Household household) {
            assertThat(household.bus.state().status()).isEqualTo(Status.CLOSED);
            household.scene().awaitSubscriptions(household.bus, 0);
        }
    };

    abstract void close(Household household);

    /** Whether closing it waits for requests that it has bid for. */
    boolean waitsForBidders() {
        return this == DRAINED_SERVER || this == SERVER || this == BUS;
    }

    /** No call of the household's is under way any more. */
    abstract void assertClosed(Household household);

    private static void assertNotServed(Household household) {
        Scene scene = household.scene();
        scene.await(
                "its places at the broker left",
                () -> household.bus.stats().subscriptions() <= household.ownSubscriptions());
        assertFails(
                scene.call(scene.client(scene.process()), Store.FETCH, ""),
                ErrorCode.UNAVAILABLE,
                "no response from servers");
    }
}
