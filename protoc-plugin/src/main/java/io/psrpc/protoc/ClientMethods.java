package io.psrpc.protoc;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import io.psrpc.protoc.ClientMethod.ShorterForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.lang.model.element.Modifier;

/** How a {@link ClientMethod} is written: all its forms in the interface, the full form in the stub. */
final class ClientMethods {
    private ClientMethods() {}

    /**
     * The default methods: shorter forms lead to longer ones, the full one fails.
     *
     * @param fail makes the statement of the error
     */
    static List<MethodSpec> failing(Service service, ClientMethod method, UnaryOperator<CodeBlock> fail) {
        List<MethodSpec> forms = new ArrayList<>();
        for (ShorterForm form : method.shorterForms()) {
            forms.add(declared(method, form.parameters())
                    .addStatement("return $L($L)", method.name(), form.arguments())
                    .build());
        }
        String name = service.wireName() + "." + method.method().wireName();
        CodeBlock error = CodeBlock.of("$T.UNIMPLEMENTED.error($S)", RuntimeTypes.ERROR_CODE, name);
        forms.add(declared(method, method.parameters())
                .addStatement(fail.apply(error))
                .build());
        return forms;
    }

    /** The full form in the real client. */
    static MethodSpec calling(ClientMethod method) {
        return Declarations.override(method.method(), method.name(), method.result(), method.parameters())
                .addStatement("return $L", method.call())
                .build();
    }

    private static MethodSpec.Builder declared(ClientMethod method, List<ParameterSpec> parameters) {
        CodeBlock javadoc = Javadoc.commentAnd(method.method(), method.usage());
        return Declarations.method(method.method(), method.name(), method.result(), parameters, javadoc)
                .addModifiers(Modifier.DEFAULT);
    }
}
