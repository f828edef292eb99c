package io.psrpc.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The descriptors that the build's protoc made of src/test/protobuf and of the examples, and requests made of them. */
final class TestProtos {
    /** Those that are generated, compiled and kept as golden files, each in a run of its own. */
    static final List<String> CASES = List.of(
            "my_service.proto",
            "fleet.proto",
            "cases/beside_imported.proto",
            "cases/clashes.proto",
            "cases/comments.proto",
            "cases/deprecated.proto",
            "cases/edition.proto",
            "cases/edition_2024.proto",
            "cases/empty.proto",
            "cases/imported.proto",
            "cases/imports.proto",
            "cases/no_package.proto",
            "cases/outer_name.proto",
            "cases/placed.proto",
            "cases/proto2.proto",
            "cases/single_file.proto",
            "cases/snake.proto",
            "cases/spellings.proto",
            "cases/topics.proto",
            "cases/v2-names_of.files.proto");

    private static final Path DESCRIPTORS = Path.of("target", "test-descriptors.binpb");

    private static final Map<String, FileDescriptorProto> FILES = read();

    private TestProtos() {}

    /** What protoc would ask for these files: they, and before them all that they import. */
    static CodeGeneratorRequest request(String... files) {
        Map<String, FileDescriptorProto> needed = new LinkedHashMap<>();
        for (String file : files) {
            addWithImports(file, needed);
        }
        return CodeGeneratorRequest.newBuilder()
                .addAllFileToGenerate(List.of(files))
                .addAllProtoFile(needed.values())
                .build();
    }

    static FileDescriptorProto file(String name) {
        return Objects.requireNonNull(FILES.get(name), name);
    }

    static CodeGeneratorResponse generate(CodeGeneratorRequest request) {
        return new Generator(warning -> {}).generate(request);
    }

    /** Sources by path. */
    static Map<String, String> sources(String file) {
        return generate(request(file)).getFileList().stream()
                .collect(Collectors.toMap(
                        CodeGeneratorResponse.File::getName,
                        CodeGeneratorResponse.File::getContent,
                        (a, b) -> a,
                        LinkedHashMap::new));
    }

    static List<String> warnings(String file) {
        List<String> warnings = new ArrayList<>();
        new Generator(warnings::add).generate(request(file));
        return warnings;
    }

    private static void addWithImports(String name, Map<String, FileDescriptorProto> needed) {
        FileDescriptorProto file = Objects.requireNonNull(FILES.get(name), name);
        if (needed.containsKey(name)) {
            return;
        }
        file.getDependencyList().forEach(dependency -> addWithImports(dependency, needed));
        needed.put(name, file);
    }

    private static Map<String, FileDescriptorProto> read() {
        try (InputStream in = Files.newInputStream(DESCRIPTORS)) {
            return FileDescriptorSet.parseFrom(in, Main.extensions()).getFileList().stream()
                    .collect(Collectors.toMap(FileDescriptorProto::getName, file -> file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
