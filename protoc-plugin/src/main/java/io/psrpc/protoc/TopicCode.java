package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import java.util.List;
import java.util.Optional;

/** How generated methods take a topic, and how they hand it on. */
final class TopicCode {
    private static final String TYPED = "topic";

    private TopicCode() {}

    /** Nothing, one record, or one string for each part. */
    static List<ParameterSpec> parameters(Method method) {
        return method.topics().map(TopicCode::parameters).orElse(List.of());
    }

    private static List<ParameterSpec> parameters(Topics topics) {
        Optional<ClassName> recordClass = topics.recordClass();
        if (recordClass.isPresent()) {
            return List.of(ParameterSpec.builder(recordClass.get(), TYPED).build());
        }
        return topics.javaNames().stream()
                .map(name -> ParameterSpec.builder(String.class, name).build())
                .toList();
    }

    /** The {@code Topic} made of those parameters. */
    static CodeBlock argument(Method method) {
        return method.topics().map(TopicCode::argument).orElse(CodeBlock.of("$T.NONE", RuntimeTypes.TOPIC));
    }

    private static CodeBlock argument(Topics topics) {
        return topics.recordClass().isPresent()
                ? CodeBlock.of("$N.toTopic()", TYPED)
                : CodeBlock.of("$T.of($L)", RuntimeTypes.TOPIC, String.join(", ", topics.javaNames()));
    }
}
