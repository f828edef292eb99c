package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Writes the type of a typed topic. Says nothing of the service: groups of one name and shape share a type, whichever
 * service or run of protoc writes it.
 */
final class TopicRecordWriter {
    private final ClassName recordClass;
    private final List<String> components;

    TopicRecordWriter(ClassName recordClass, Topics topics) {
        this.recordClass = recordClass;
        this.components = topics.javaNames();
    }

    TypeSpec write() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        components.forEach(component -> constructor.addParameter(String.class, component));
        return TypeSpec.recordBuilder(recordClass)
                .addJavadoc(
                        "A topic of $L: a type of its own, so that its parts are not taken for others.\n",
                        components.stream().map("{@code %s}"::formatted).collect(Collectors.joining(", ")))
                .addModifiers(Modifier.PUBLIC)
                .recordConstructor(constructor.build())
                .addMethod(ofContext())
                .addMethod(toTopic())
                .build();
    }

    private MethodSpec ofContext() {
        CodeBlock parts = IntStream.range(0, components.size())
                .mapToObj(index -> CodeBlock.of("ctx.topic().part($L)", index))
                .collect(CodeBlock.joining(", "));
        return MethodSpec.methodBuilder("of")
                .addJavadoc("The topic on which a request came.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(recordClass)
                .addParameter(RuntimeTypes.REQUEST_CONTEXT, "ctx")
                .addStatement("return new $T($L)", recordClass, parts)
                .build();
    }

    private MethodSpec toTopic() {
        return MethodSpec.methodBuilder("toTopic")
                .addJavadoc("The same topic for the dynamic API.\n")
                .addModifiers(Modifier.PUBLIC)
                .returns(RuntimeTypes.TOPIC)
                .addStatement("return $T.of($L)", RuntimeTypes.TOPIC, String.join(", ", components))
                .build();
    }
}
