package io.psrpc.protoc;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Answers one request of protoc: files for every service, or one error. */
final class Generator {
    private final Consumer<String> warnings;

    /**
     * A generator.
     *
     * @param warnings gets what is legal and yet likely to hurt
     */
    Generator(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    CodeGeneratorResponse generate(CodeGeneratorRequest request) {
        CodeGeneratorResponse.Builder response = CodeGeneratorResponse.newBuilder()
                .setSupportedFeatures(Feature.FEATURE_PROTO3_OPTIONAL_VALUE | Feature.FEATURE_SUPPORTS_EDITIONS_VALUE)
                .setMinimumEdition(Edition.EDITION_PROTO2_VALUE)
                .setMaximumEdition(Edition.EDITION_2024_VALUE);
        try {
            checkParameter(request.getParameter());
            MessageTypes types = new MessageTypes(request.getProtoFileList());
            List<Service> services = read(request, types);
            ServiceChecks.check(services);
            GeneratedFiles files = new GeneratedFiles(types);
            services.forEach(files::add);
            files.files().forEach(response::addFile);
            services.forEach(service -> SharedQueues.of(service).forEach(warnings));
        } catch (Refusal refusal) {
            response.setError(refusal.getMessage());
        }
        return response.build();
    }

    private static void checkParameter(String parameter) {
        if (!parameter.isEmpty()) {
            throw new Refusal("parameter: %s (expected: none; this plugin knows no parameters)".formatted(parameter));
        }
    }

    private List<Service> read(CodeGeneratorRequest request, MessageTypes types) {
        Set<String> wanted = new HashSet<>(request.getFileToGenerateList());
        List<Service> services = new ArrayList<>();
        // Sorted, so that neither the files nor the message depend on the order in which protoc was given them.
        request.getProtoFileList().stream()
                .filter(file -> wanted.contains(file.getName()))
                .sorted(Comparator.comparing(FileDescriptorProto::getName))
                .forEach(file -> services.addAll(new ServiceReader(file, types, warnings).read()));
        return services;
    }
}
