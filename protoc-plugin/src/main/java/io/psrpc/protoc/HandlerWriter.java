package io.psrpc.protoc;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes what a server's user implements. */
final class HandlerWriter {
    private final Service service;

    HandlerWriter(Service service) {
        this.service = service;
    }

    TypeSpec write() {
        String javadoc = """
                What a server of {@code %s} does. Called on the server's executor, by several threads at a time.

                <p>No method has a default: a server takes every request of its service, and one that it could not serve would be
                lost.""".formatted(service.fullName());
        TypeSpec.Builder type = Declarations.publicInterface(service, service.handler(), javadoc);
        for (Method method : service.unary()) {
            type.addMethod(answer(method));
            if (method.hasAffinity()) {
                type.addMethod(affinity(method));
            }
        }
        return type.build();
    }

    private static MethodSpec affinity(Method method) {
        MethodSpec.Builder declared =
                MethodSpec.methodBuilder(method.affinityName()).addJavadoc("""
                        How well this server would do on a request of {@code $L}: the higher the better. 0: not available, which the
                        caller learns at once. Below 0: silent, so that a caller that expects a bid waits for it in vain; for servers
                        that are to be forgotten.
                        """, method.wireName());
        if (method.isDeprecated()) {
            declared.addJavadoc("\n@deprecated with its method.\n").addAnnotation(Deprecated.class);
        }
        return declared.addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                .returns(TypeName.FLOAT)
                .addParameters(parameters(method))
                .addException(Exception.class)
                .build();
    }

    private static MethodSpec answer(Method method) {
        CodeBlock javadoc = Javadoc.commentOr(method, "Answers one request.");
        return Declarations.method(method, method.javaName(), method.response(), parameters(method), javadoc)
                .addModifiers(Modifier.ABSTRACT)
                .addException(Exception.class)
                .build();
    }

    private static List<ParameterSpec> parameters(Method method) {
        return List.of(
                ParameterSpec.builder(RuntimeTypes.REQUEST_CONTEXT, "ctx").build(),
                ParameterSpec.builder(method.request(), "request").build());
    }
}
