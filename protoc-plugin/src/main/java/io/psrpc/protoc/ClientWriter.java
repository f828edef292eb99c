package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the blocking client: an interface of default methods, and the class that calls over the bus. */
final class ClientWriter {
    private final Service service;
    private final List<ClientMethod> methods;

    ClientWriter(Service service) {
        this.service = service;
        this.methods = BlockingMethods.of(service);
    }

    TypeSpec writeInterface() {
        String javadoc = """
                Calls {@code %s}. Safe for use from any thread.

                <p>Every method answers {@code UNIMPLEMENTED} unless overridden: a fake writes the methods it needs, and a new
                rpc breaks no fake.""".formatted(service.fullName());
        TypeSpec.Builder type = Declarations.publicInterface(service, service.client(), javadoc)
                .addSuperinterface(AutoCloseable.class)
                .addMethod(createWithDefaults())
                .addMethod(create())
                .addMethod(async())
                .addMethod(close());
        methods.forEach(method ->
                type.addMethods(ClientMethods.failing(service, method, error -> CodeBlock.of("throw $L", error))));
        return type.build();
    }

    TypeSpec writeStub() {
        ClassName asyncClient = service.asyncClient();
        TypeSpec.Builder type = Declarations.stub(
                        service, service.clientStub(), service.client(), "The blocking client over a bus.")
                .addField(RuntimeTypes.RPC_CLIENT, "rpc", Modifier.PRIVATE, Modifier.FINAL)
                .addField(asyncClient, "async", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(RuntimeTypes.RPC_CLIENT, "rpc")
                        .addStatement("this.rpc = rpc")
                        .addStatement("this.async = new $T(rpc)", service.asyncClientStub())
                        .build())
                .addMethod(Declarations.override("async", asyncClient)
                        .addStatement("return async")
                        .build())
                .addMethod(Declarations.override("close", TypeName.VOID)
                        .addStatement("rpc.close()")
                        .build());
        methods.forEach(method -> type.addMethod(ClientMethods.calling(method)));
        return type.build();
    }

    private MethodSpec createWithDefaults() {
        return MethodSpec.methodBuilder("create")
                .addJavadoc("A client with default options.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(service.client())
                .addParameter(RuntimeTypes.MESSAGE_BUS, "bus")
                .addStatement("return create(bus, $T.DEFAULT)", RuntimeTypes.CLIENT_OPTIONS)
                .build();
    }

    private MethodSpec create() {
        return MethodSpec.methodBuilder("create")
                .addJavadoc("A client, once the broker has confirmed the channels on which its answers come.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(service.client())
                .addParameter(RuntimeTypes.MESSAGE_BUS, "bus")
                .addParameter(RuntimeTypes.CLIENT_OPTIONS, "options")
                .addStatement(
                        "return new $T($T.create(bus, $T.SERVICE, options))",
                        service.clientStub(),
                        RuntimeTypes.RPC_CLIENT,
                        service.methodsClass())
                .build();
    }

    private MethodSpec async() {
        return MethodSpec.methodBuilder("async")
                .addJavadoc("The same client without waiting; it ends with this one.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.DEFAULT)
                .returns(service.asyncClient())
                .addStatement(
                        "throw $T.UNIMPLEMENTED.error($S)", RuntimeTypes.ERROR_CODE, service.wireName() + ": async")
                .build();
    }

    private static MethodSpec close() {
        return MethodSpec.methodBuilder("close")
                .addJavadoc("Ends the calls and subscriptions of this client. May be called twice.\n")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC, Modifier.DEFAULT)
                .build();
    }
}
