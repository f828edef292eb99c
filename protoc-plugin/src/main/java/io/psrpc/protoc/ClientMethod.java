package io.psrpc.protoc;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One method of a client, blocking or async, as Java declares it.
 *
 * @param name its name in Java
 * @param parameters of the full form, which is the one that does the work
 * @param shorterForms the overloads that lead to the full form, shortest first
 * @param call the expression that does the work in the real client
 * @param usage what Javadoc says of every such method
 */
record ClientMethod(
        Method method,
        String name,
        TypeName result,
        List<ParameterSpec> parameters,
        List<ShorterForm> shorterForms,
        CodeBlock call,
        String usage) {

    /**
     * An overload that leaves something out.
     *
     * @param arguments what it passes to the next longer form
     */
    record ShorterForm(List<ParameterSpec> parameters, CodeBlock arguments) {}

    static ShorterForm shorter(List<ParameterSpec> parameters, CodeBlock... arguments) {
        return new ShorterForm(parameters, Stream.of(arguments).collect(CodeBlock.joining(", ")));
    }

    /** The parameters' names, as arguments of a call. */
    static CodeBlock names(List<ParameterSpec> parameters) {
        return CodeBlock.of("$L", parameters.stream().map(ParameterSpec::name).collect(Collectors.joining(", ")));
    }

    static List<ParameterSpec> join(List<ParameterSpec> first, ParameterSpec... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    static ParameterSpec parameter(TypeName type, String name) {
        return ParameterSpec.builder(type, name).build();
    }
}
