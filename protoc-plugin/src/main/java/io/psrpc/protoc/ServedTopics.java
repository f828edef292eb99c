package io.psrpc.protoc;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * One method of the server that starts serving a topic: of one method, or of all methods of a group.
 *
 * @param methods with topics of one shape, at least one
 * @param of what is served, for Javadoc
 */
record ServedTopics(String name, List<Method> methods, String of) {
    static List<ServedTopics> of(Service service) {
        Stream<ServedTopics> single = service.unary().stream()
                .filter(method -> method.topics().isPresent())
                .map(method -> new ServedTopics(
                        method.registerName(), List.of(method), "{@code %s}".formatted(method.wireName())));
        Stream<ServedTopics> groups = service.groups().entrySet().stream()
                .map(group -> new ServedTopics(
                        groupName(group.getKey()),
                        group.getValue(),
                        "all methods of group {@code %s}".formatted(group.getKey())));
        return Stream.concat(single, groups).toList();
    }

    static String groupName(String group) {
        return "registerAll" + WireNames.camelCase(group) + "Topics";
    }

    MethodSpec declaration() {
        MethodSpec.Builder declared = MethodSpec.methodBuilder(name)
                .addJavadoc(
                        "Serves $L on one topic, once the broker has confirmed, until the registration is closed.\n",
                        of);
        if (isDeprecated()) {
            declared.addJavadoc("\n@deprecated with its method.\n").addAnnotation(Deprecated.class);
        }
        return declared.addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                .returns(RuntimeTypes.REGISTRATION)
                .addParameters(parameters())
                .build();
    }

    MethodSpec implementation(Service service) {
        MethodSpec.Builder override = Declarations.override(name, RuntimeTypes.REGISTRATION);
        if (isDeprecated()) {
            override.addAnnotation(Deprecated.class);
        }
        CodeBlock bindings = methods.size() == 1 ? binding(service, methods.get(0)) : bindings(service, methods);
        return override.addParameters(parameters())
                .addStatement("return rpc.register($L)", bindings)
                .build();
    }

    /** Several bindings, each on a line of its own. */
    static CodeBlock bindings(Service service, List<Method> methods) {
        return methods.stream()
                .map(method -> CodeBlock.of("\n$L", binding(service, method)))
                .collect(CodeBlock.joining(","));
    }

    /** A method, its topic and what the handler has for it, as the dynamic API takes them. */
    private static CodeBlock binding(Service service, Method method) {
        CodeBlock binding = CodeBlock.of(
                "$T.unary($T.$L, $L, handler::$L",
                RuntimeTypes.BINDING,
                service.methodsClass(),
                method.constant(),
                TopicCode.argument(method),
                method.javaName());
        CodeBlock end =
                method.hasAffinity() ? CodeBlock.of(", handler::$L)", method.affinityName()) : CodeBlock.of(")");
        return CodeBlock.join(List.of(binding, end), "");
    }

    private List<ParameterSpec> parameters() {
        return TopicCode.parameters(methods.get(0));
    }

    private boolean isDeprecated() {
        return methods.stream().allMatch(Method::isDeprecated);
    }
}
