package io.psrpc.protoc;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.psrpc.options.Routing;
import javax.lang.model.element.Modifier;

/** Writes the definitions that generated code and the dynamic API share. */
final class MethodsWriter {
    private static final Modifier[] CONSTANT = {Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL};

    private final Service service;

    MethodsWriter(Service service) {
        this.service = service;
    }

    TypeSpec write() {
        String javadoc = "The methods of {@code %s}, for the dynamic API.".formatted(service.fullName());
        TypeSpec.Builder type = Declarations.publicClass(service, service.methodsClass(), javadoc);
        service.methods().forEach(method -> type.addField(constant(method)));
        return type.addField(serviceConstant())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .build();
    }

    private FieldSpec constant(Method method) {
        TypeName request = method.isSubscription() ? method.response() : method.request();
        TypeName type = RuntimeTypes.methodDefinition(request, method.response());
        String otherwise = "{@code %s}.".formatted(method.wireName());
        FieldSpec.Builder constant = FieldSpec.builder(type, method.constant(), CONSTANT)
                .addJavadoc(Javadoc.commentOr(method, otherwise))
                .initializer(definition(method));
        if (method.isDeprecated()) {
            constant.addAnnotation(Deprecated.class);
        }
        return constant.build();
    }

    private CodeBlock definition(Method method) {
        CodeBlock.Builder code = CodeBlock.builder()
                .add("$T.$L(\n", RuntimeTypes.METHOD_DEFINITION, method.isSubscription() ? "subscription" : "unary")
                .add("$>$>$S, $S", service.wireName(), method.wireName());
        if (method.isUnary()) {
            code.add(", $T.getDefaultInstance()", method.request());
        }
        code.add(", $T.getDefaultInstance())", method.response());
        if (method.routing() != Routing.QUEUE) {
            code.add(
                    "\n.routing($T.$L)",
                    RuntimeTypes.METHOD_INFO_ROUTING,
                    method.routing().name());
        }
        method.topics().ifPresent(topics -> code.add("\n.topics($L)", literals(topics)));
        if (method.isUnary() && method.isSingleServer()) {
            code.add("\n.singleServer()");
        }
        return code.add("\n.build()$<$<").build();
    }

    private static CodeBlock literals(Topics topics) {
        return topics.partNames().stream().map(part -> CodeBlock.of("$S", part)).collect(CodeBlock.joining(", "));
    }

    private FieldSpec serviceConstant() {
        CodeBlock.Builder code = CodeBlock.builder()
                .add("$T.of(\n", RuntimeTypes.SERVICE_DEFINITION)
                .add("$>$>$T.VERSION_1, $S", RuntimeTypes.GENERATED_CODE, service.wireName());
        service.methods().forEach(method -> code.add(",\n$L", method.constant()));
        return FieldSpec.builder(RuntimeTypes.SERVICE_DEFINITION, "SERVICE", CONSTANT)
                .addJavadoc("All of them.\n")
                .initializer(code.add(")$<$<").build())
                .build();
    }
}
