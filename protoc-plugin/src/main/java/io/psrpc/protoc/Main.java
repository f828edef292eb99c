package io.psrpc.protoc;

import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import io.psrpc.options.OptionsOuterClass;
import java.io.IOException;

/**
 * The program that protoc runs: one {@code CodeGeneratorRequest} on standard input, one {@code CodeGeneratorResponse}
 * on standard output, warnings on standard error. What is wrong with the protos is said in the response, and protoc
 * prints it; the exit code is then 0, as protoc asks.
 */
public final class Main {
    private Main() {}

    /**
     * Answers one request.
     *
     * @param arguments ignored; protoc passes parameters in the request
     * @throws IOException when the input is not a request, or the output is closed
     */
    public static void main(String[] arguments) throws IOException {
        CodeGeneratorRequest request = CodeGeneratorRequest.parseFrom(System.in, extensions());
        Generator generator = new Generator(warning -> System.err.println("warning: " + warning));
        generator.generate(request).writeTo(System.out);
        System.out.flush();
    }

    /** The options that decide what is generated: ours, and those by which protoc lays out Java's classes. */
    static ExtensionRegistry extensions() {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        OptionsOuterClass.registerAllExtensions(extensions);
        JavaFeaturesProto.registerAllExtensions(extensions);
        return extensions;
    }
}
