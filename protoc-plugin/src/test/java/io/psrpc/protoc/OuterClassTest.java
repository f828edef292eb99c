package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import io.psrpc.behaviours.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rows("G01")
class OuterClassTest {
    @ParameterizedTest
    @CsvSource({
        "fleet.proto, Fleet",
        "dir/my_fleet.proto, MyFleet",
        "dir.v1/my-fleet.v2.proto, MyFleetV2",
        "a1b_c.proto, A1BC",
        "HTTPFleet.proto, HTTPFleet",
        "_fleet.protodevel, Fleet",
    })
    void fileNamesBecomeClassNames(String file, String outerClass) {
        assertThat(OuterClass.nameOf(file(file).build())).isEqualTo(outerClass);
    }

    @Test
    void aMessageOfTheNameMovesItAway() {
        DescriptorProto nested = DescriptorProto.newBuilder()
                .setName("Outer")
                .addNestedType(DescriptorProto.newBuilder().setName("Fleet"))
                .build();
        assertThat(OuterClass.nameOf(file("fleet.proto").addMessageType(nested).build()))
                .isEqualTo("FleetOuterClass");
    }

    @Test
    void anEnumOfTheNameMovesItAway() {
        EnumDescriptorProto type =
                EnumDescriptorProto.newBuilder().setName("Fleet").build();
        assertThat(OuterClass.nameOf(file("fleet.proto").addEnumType(type).build()))
                .isEqualTo("FleetOuterClass");
    }

    @Test
    void aServiceOfTheNameMovesItAway() {
        ServiceDescriptorProto service =
                ServiceDescriptorProto.newBuilder().setName("Fleet").build();
        assertThat(OuterClass.nameOf(file("fleet.proto").addService(service).build()))
                .isEqualTo("FleetOuterClass");
    }

    @Test
    void edition2024EndsItInProtoWhateverElseIsNamedSo() {
        assertThat(OuterClass.nameOf(file("my_fleet.proto")
                        .setEdition(Edition.EDITION_2024)
                        .addMessageType(DescriptorProto.newBuilder().setName("MyFleetProto"))
                        .build()))
                .isEqualTo("MyFleetProto");
    }

    private static FileDescriptorProto.Builder file(String name) {
        return FileDescriptorProto.newBuilder().setName(name);
    }
}
