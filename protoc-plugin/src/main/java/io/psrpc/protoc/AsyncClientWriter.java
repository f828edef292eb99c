package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.lang.model.element.Modifier;

/** Writes the async client: an interface of default methods, and the class that calls over the bus. */
final class AsyncClientWriter {
    private final Service service;
    private final List<ClientMethod> methods;

    AsyncClientWriter(Service service) {
        this.service = service;
        this.methods = AsyncMethods.of(service);
    }

    TypeSpec writeInterface() {
        String javadoc = """
                Calls {@code %s} without waiting. Safe for use from any thread; futures complete on the bus's executor.

                <p>Every method answers {@code UNIMPLEMENTED} unless overridden: a fake writes the methods it needs, and a new
                rpc breaks no fake.""".formatted(service.fullName());
        TypeSpec.Builder type = Declarations.publicInterface(service, service.asyncClient(), javadoc);
        methods.forEach(method -> type.addMethods(ClientMethods.failing(service, method, AsyncClientWriter::failed)));
        return type.build();
    }

    TypeSpec writeStub() {
        ClassName stub = service.asyncClientStub();
        TypeSpec.Builder type = Declarations.stub(service, stub, service.asyncClient(), "The async client over a bus.")
                .addField(RuntimeTypes.RPC_CLIENT, "rpc", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(RuntimeTypes.RPC_CLIENT, "rpc")
                        .addStatement("this.rpc = rpc")
                        .build());
        methods.forEach(method -> type.addMethod(ClientMethods.calling(method)));
        return type.build();
    }

    private static CodeBlock failed(CodeBlock error) {
        return CodeBlock.of("return $T.failedFuture($L)", CompletableFuture.class, error);
    }
}
