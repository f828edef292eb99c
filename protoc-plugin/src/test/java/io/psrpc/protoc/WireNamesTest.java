package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rows("G01")
class WireNamesTest {
    @ParameterizedTest
    @CsvSource({
        "Haberdasher_v1, HaberdasherV1",
        "MakeHat_v1, MakeHatV1",
        "IOInfo, IOInfo",
        "DeleteWHIPResource, DeleteWHIPResource",
        "my_service, MyService",
        "_foo_bar, XFooBar",
        "foo_Bar, Foo_Bar",
        "foo_2bar, Foo_2Bar",
        "foo2bar, Foo2Bar",
        "ABC_def, ABCDef",
        "x, X",
        "WHIP, WHIP",
        "snake_case_RPC, SnakeCase_RPC",
        "a__b, A_B",
        "_my_field_name_2, XMyFieldName_2",
        "normalRPC, NormalRPC",
        "__a, XA",
        "_A, XA",
        "a_, A_",
        "a_1b, A_1B",
        "a1_b, A1B",
        "aB_cD, ABCD",
        "x_Y_z, X_YZ",
        "RPC_, RPC_",
        "a___b, A__B",
        "_2x, X2X",
    })
    void servicesAndMethodsAreNamedAsInGo(String proto, String wire) {
        assertThat(WireNames.camelCase(proto)).isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({
        "nodeID, nodeID",
        "node_id, nodeId",
        "namespace, namespace",
        "job_type, jobType",
        "room, room",
        "_room, xRoom",
        "room_ID, room_ID",
    })
    void partsOfTopicsStartSmall(String proto, String java) {
        assertThat(WireNames.lowerCamelCase(proto)).isEqualTo(java);
    }
}
