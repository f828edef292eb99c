package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import io.psrpc.behaviours.Rows;
import io.psrpc.options.Options;
import io.psrpc.options.OptionsOuterClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, each with one message that says where. */
@Rows("G02")
class RefusalTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stream          | Fleet.Relay          | stream: true (expected: false; streams are not supported by this version)
            stream_multi    | Fleet.Relay          | stream: true (expected: false; streams are not supported by this version)
            wire_names      | Fleet.__a            | wire name: XA (expected: one that refused/wire_names.proto: Fleet._A does not have)
            service_names   | MyFleet              | wire name: refused.service_names.MyFleet (expected: one that refused/service_names.proto: my_fleet does not have)
            java_names      | Fleet.Close_         | Java method of the client: close_ (expected: one that refused/java_names.proto: Fleet.Close does not have)
            java_runs       | Fleet.IceRestart     | Java constant: ICE_RESTART (expected: one that refused/java_runs.proto: Fleet.ICERestart does not have)
            constants       | Fleet.NormalRpc      | Java constant: NORMAL_RPC (expected: one that refused/constants.proto: Fleet.NormalRPC does not have)
            affinity_name   | Fleet.RunJobAffinity | Java method of the handler: runJobAffinity (expected: one that refused/affinity_name.proto: Fleet.RunJob does not have)
            subscribe_name  | Fleet.State          | Java method of the client: subscribeState (expected: one that refused/subscribe_name.proto: Fleet.SubscribeState does not have)
            publish_name    | Fleet.StateAsync     | Java method of the server: publishStateAsync (expected: one that refused/publish_name.proto: Fleet.State does not have)
            group_names     | Fleet.Second         | topic_params of group rack: [rack, region] (expected: [region, rack], as in refused/group_names.proto: Fleet.First)
            group_typed     | Fleet.Second         | topic_params of group rack: [topic] (expected: [topic] typed, as in refused/group_typed.proto: Fleet.First)
            groups_meet     | Fleet.Second         | Java method of the server: registerAllRackTopics (expected: one that refused/groups_meet.proto: Fleet.First does not have)
            bad_group       | Fleet.First          | topic_params.group: "a rack" (expected: a name of letters, digits and _)
            bad_part        | Fleet.First          | topic_params.names: "node-id" (expected: a name of letters, digits and _)
            same_parts      | Fleet.First          | topic_params.names: nodeId twice in Java (expected: distinct names)
            message_class   | Fleet                | generated class: refused.message_class.FleetClient (expected: no message class of that name, as refused/message_class.proto has)
            topic_class     | Fleet.First          | generated class: refused.topic_class.RackTopic (expected: no message class of that name, as refused/topic_class.proto has)
            service_classes | FleetAsync           | generated class: refused.service_classes.FleetAsyncClient (expected: a name that refused/service_classes.proto: Fleet does not lead to)
            topic_records   | Depot.First          | generated class: refused.topic_records.RackTopic (expected: the same parts as in refused/topic_records.proto: Fleet.First)
            """)
    void theMessageNamesFileServiceAndMethod(String file, String path, String problem) {
        String name = "refused/" + file + ".proto";
        CodeGeneratorResponse response = TestProtos.generate(TestProtos.request(name));
        assertThat(response.getError()).isEqualTo(name + ": " + path + ": " + problem);
        assertThat(response.getFileList()).isEmpty();
    }

    @Test
    void parametersAreUnknown() {
        CodeGeneratorRequest request = TestProtos.request("fleet.proto").toBuilder()
                .setParameter("paths=source_relative")
                .build();
        assertThat(TestProtos.generate(request).getError())
                .isEqualTo("parameter: paths=source_relative (expected: none; this plugin knows no parameters)");
    }

    @Test
    void anUnknownRoutingIsNotTakenForAnother() {
        Options options = Options.newBuilder().setTypeValue(7).build();
        assertThat(errorOf(method("Loose").setOptions(extended(options)).build()))
                .isEqualTo("fleet.proto: Fleet.Hello: type: 7 (expected: QUEUE, AFFINITY or MULTI)");
    }

    @Test
    void aMessageThatJavaCannotImportIsNamed() {
        MethodDescriptorProto method = method("LooseRequest").build();
        assertThat(errorOf(method))
                .isEqualTo("fleet.proto: Fleet.Hello: message: NoPackage.LooseRequest, a class without a package"
                        + " (expected: one that package fleet can import)");
    }

    private static MethodOptions extended(Options options) {
        return MethodOptions.newBuilder()
                .setExtension(OptionsOuterClass.options, options)
                .build();
    }

    private static MethodDescriptorProto.Builder method(String message) {
        return MethodDescriptorProto.newBuilder()
                .setName("Hello")
                .setInputType("." + message)
                .setOutputType("." + message);
    }

    private static String errorOf(MethodDescriptorProto method) {
        FileDescriptorProto messages = FileDescriptorProto.newBuilder()
                .setName("no_package.proto")
                .addMessageType(DescriptorProto.newBuilder().setName("LooseRequest"))
                .addMessageType(DescriptorProto.newBuilder().setName("Loose"))
                .build();
        FileDescriptorProto service = FileDescriptorProto.newBuilder()
                .setName("fleet.proto")
                .setPackage("fleet")
                .addService(ServiceDescriptorProto.newBuilder().setName("Fleet").addMethod(method))
                .build();
        CodeGeneratorRequest request = CodeGeneratorRequest.newBuilder()
                .addFileToGenerate("fleet.proto")
                .addProtoFile(messages)
                .addProtoFile(service)
                .build();
        return TestProtos.generate(request).getError();
    }
}
