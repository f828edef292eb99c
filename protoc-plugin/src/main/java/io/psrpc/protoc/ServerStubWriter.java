package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the class that serves a handler on a bus. */
final class ServerStubWriter {
    private final Service service;
    private final List<ServedTopics> topics;

    ServerStubWriter(Service service) {
        this.service = service;
        this.topics = ServedTopics.of(service);
    }

    TypeSpec write() {
        TypeSpec.Builder type = Declarations.stub(
                        service, service.serverStub(), service.server(), "The server on a bus.")
                .addField(RuntimeTypes.RPC_SERVER, "rpc", Modifier.PRIVATE, Modifier.FINAL);
        if (!topics.isEmpty()) {
            type.addField(service.handler(), "handler", Modifier.PRIVATE, Modifier.FINAL);
        }
        type.addMethod(constructor()).addMethod(start());
        topics.forEach(served -> type.addMethod(served.implementation(service)));
        return type.addMethods(PublisherWriter.publishing(service))
                .addMethod(Declarations.override("serverId", ClassName.get(String.class))
                        .addStatement("return rpc.serverId()")
                        .build())
                .addMethod(Declarations.override("drain", TypeName.BOOLEAN)
                        .addParameter(Duration.class, "limit")
                        .addStatement("return rpc.drain(limit)")
                        .build())
                .addMethod(Declarations.override("shutdownNow", TypeName.VOID)
                        .addStatement("rpc.shutdownNow()")
                        .build())
                .addMethod(Declarations.override("close", TypeName.VOID)
                        .addStatement("rpc.close()")
                        .build())
                .build();
    }

    private MethodSpec constructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(RuntimeTypes.RPC_SERVER, "rpc")
                .addStatement("this.rpc = rpc");
        if (!topics.isEmpty()) {
            constructor.addParameter(service.handler(), "handler").addStatement("this.handler = handler");
        }
        return constructor.build();
    }

    private MethodSpec start() {
        MethodSpec.Builder start = MethodSpec.methodBuilder("start")
                .addModifiers(Modifier.STATIC)
                .returns(service.server())
                .addParameters(ServerWriter.startParameters(service))
                .addParameter(RuntimeTypes.SERVER_OPTIONS, "options")
                .addStatement("$T.requireNonNull(handler, $S)", Objects.class, "handler")
                .addStatement(
                        "$T rpc = $T.create(bus, $T.SERVICE, options)",
                        RuntimeTypes.RPC_SERVER,
                        RuntimeTypes.RPC_SERVER,
                        service.methodsClass());
        registerWithoutTopics(start);
        return start.addStatement("return new $T($L)", service.serverStub(), topics.isEmpty() ? "rpc" : "rpc, handler")
                .build();
    }

    private void registerWithoutTopics(MethodSpec.Builder start) {
        List<Method> methods = service.unary().stream()
                .filter(method -> method.topics().isEmpty())
                .toList();
        if (methods.isEmpty()) {
            return;
        }
        start.beginControlFlow("try")
                .addStatement("rpc.register($L)", ServedTopics.bindings(service, methods))
                .nextControlFlow("catch ($T | $T failure)", RuntimeException.class, Error.class)
                .beginControlFlow("try")
                .addStatement("rpc.close()")
                .nextControlFlow("catch ($T closing)", RuntimeException.class)
                .addStatement("failure.addSuppressed(closing)")
                .endControlFlow()
                .addStatement("throw failure")
                .endControlFlow();
    }
}
