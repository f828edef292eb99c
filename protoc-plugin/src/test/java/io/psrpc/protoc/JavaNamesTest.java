package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rows("G01")
class JavaNamesTest {
    @ParameterizedTest
    @CsvSource({
        "NormalRPC, normalRPC",
        "ICERestart, iceRestart",
        "IOInfo, ioInfo",
        "WHIP, whip",
        "X, x",
        "XFooBar, xFooBar",
        "DeleteWHIPResource, deleteWHIPResource",
        "A_1B, a_1B",
        "RPC_, rpc_",
        "ID2Name, id2Name",
        "MakeHatV1, makeHatV1",
    })
    void onlyTheBeginningIsLowered(String wire, String java) {
        assertThat(JavaNames.method(wire)).isEqualTo(java);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Close",
                "Async",
                "GetClass",
                "Wait",
                "Notify",
                "NotifyAll",
                "HashCode",
                "ToString",
                "Equals",
                "Clone",
                "Finalize",
                "Create",
                "Start",
                "Drain",
                "ShutdownNow",
                "ServerId",
                "New",
                "Default",
                "True",
                "Null",
                "Yield"
            })
    void whatJavaOrGeneratedTypesUseGetsAnUnderscore(String wire) {
        assertThat(JavaNames.method(wire)).isEqualTo(JavaNames.decapitalized(wire) + "_");
    }

    @ParameterizedTest
    @CsvSource({
        "NormalRPC, NORMAL_RPC",
        "GetStats, GET_STATS",
        "DeleteWHIPResource, DELETE_WHIP_RESOURCE",
        "ICERestart, ICE_RESTART",
        "MakeHatV1, MAKE_HAT_V1",
        "Foo_Bar, FOO_BAR",
        "X, X",
        "Service, SERVICE_",
        "Ping, PING_",
    })
    void constantsAreInWords(String wire, String constant) {
        assertThat(JavaNames.constant(wire, Set.of("PING"))).isEqualTo(constant);
    }

    @ParameterizedTest
    @CsvSource({"node_id, nodeId", "class, class_", "request, request_", "handler, handler_", "io, io_", "wait, wait"})
    void parametersLeaveTheGeneratedOnesAlone(String part, String java) {
        assertThat(JavaNames.topicParameter(part)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({
        "node_id, nodeId",
        "class, class_",
        "request, request",
        "java, java_",
        "wait, wait_",
        "hash_code, hashCode_"
    })
    void componentsAreNoMethodsOfObject(String part, String java) {
        assertThat(JavaNames.topicComponent(part)).isEqualTo(java);
    }
}
