package io.psrpc.testing.behaviours.servers;

import com.google.protobuf.StringValue;
import java.util.concurrent.CompletableFuture;

/** Where users' code runs, and what has to happen in a {@link Household} for it to run there. */
enum Inside {
    HANDLER,
    SERVER_INTERCEPTOR,
    SERVER_INTERCEPTOR_AFTERWARDS,
    AFFINITY_FUNCTION,
    OBSERVER_OF_A_REQUEST_RECEIVED,
    OBSERVER_OF_A_LARGE_REQUEST_RECEIVED {
        @Override
        CompletableFuture<StringValue> reach(Household household) {
            return household.call("x".repeat(20_000));
        }
    },
    OBSERVER_OF_A_CLAIM,
    CLIENT_INTERCEPTOR,
    CLIENT_INTERCEPTOR_AFTERWARDS,
    OBSERVER_OF_A_REQUEST_SENT,
    OBSERVER_OF_A_SELECTION,
    OBSERVER_OF_A_RESPONSE,
    SELECTOR {
        @Override
        CompletableFuture<?> reach(Household household) {
            return household.callSelecting();
        }
    },
    CALLBACK {
        @Override
        CompletableFuture<?> reach(Household household) {
            return household.callBack();
        }
    },
    CONSUMER_OF_A_MULTI_CALL {
        @Override
        CompletableFuture<?> reach(Household household) {
            return household.callAll();
        }
    },
    ON_DONE_ACTION {
        @Override
        CompletableFuture<?> reach(Household household) {
            return household.call(Household.LATE);
        }
    },
    LISTENER_OF_AN_UPDATE {
        @Override
        CompletableFuture<?> reach(Household household) {
            return household.publish();
        }
    },
    LISTENER_OF_A_GAP {
        @Override
        CompletableFuture<?> reach(Household household) {
            return household.loseConnection();
        }
    },
    LISTENER_OF_THE_END {
        @Override
        CompletableFuture<?> reach(Household household) {
            return Flavour.aside(household::closeSubscriptions);
        }
    },
    STATE_LISTENER {
        @Override
        CompletableFuture<?> reach(Household household) {
            return household.loseConnection();
        }
    };

    /** Ends when all of it has. */
    CompletableFuture<?> reach(Household household) {
        return household.call("");
    }

    /** Whoever waits for the answer gets it, whatever becomes of the server meanwhile. */
    boolean isWithinTheHandler() {
        return this == HANDLER || this == SERVER_INTERCEPTOR || this == SERVER_INTERCEPTOR_AFTERWARDS;
    }
}
