package io.psrpc.protoc;

import static io.psrpc.protoc.ClientMethod.join;
import static io.psrpc.protoc.ClientMethod.parameter;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the publisher of a service that has subscriptions: the interface, and the class that publishes on the bus. */
final class PublisherWriter {
    private final Service service;

    PublisherWriter(Service service) {
        this.service = service;
    }

    TypeSpec writeInterface() {
        String javadoc = """
                Publishes the updates of {@code %s}; needs no handler. Safe for use from any thread.""".formatted(service.fullName());
        TypeSpec.Builder type = Declarations.publicInterface(service, service.publisher(), javadoc)
                .addSuperinterface(AutoCloseable.class)
                .addMethod(createWithDefaults())
                .addMethod(create());
        for (Method method : service.subscriptions()) {
            type.addMethod(declared(
                    method,
                    method.publishName(),
                    TypeName.VOID,
                    "Publishes an update; returns when the broker has it."));
            type.addMethod(declared(
                    method,
                    method.publishAsyncName(),
                    RuntimeTypes.future(TypeName.VOID.box()),
                    "Publishes an update; done when the broker has it."));
        }
        return type.addMethod(
                        Declarations.abstractClose("Ends it; publishing fails from then on. May be called twice."))
                .build();
    }

    TypeSpec writeStub() {
        return Declarations.stub(
                        service,
                        service.publisherStub(),
                        service.publisher(),
                        "The publisher on a bus, without a server.")
                .addField(RuntimeTypes.RPC_PUBLISHER, "rpc", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(RuntimeTypes.RPC_PUBLISHER, "rpc")
                        .addStatement("this.rpc = rpc")
                        .build())
                .addMethods(publishing(service))
                .addMethod(Declarations.override("close", TypeName.VOID)
                        .addStatement("rpc.close()")
                        .build())
                .build();
    }

    /** The publishing methods of a stub, which are the server's too. */
    static List<MethodSpec> publishing(Service service) {
        return service.subscriptions().stream()
                .flatMap(method -> List.of(publish(service, method), publishAsync(service, method)).stream())
                .toList();
    }

    private static MethodSpec publish(Service service, Method method) {
        return Declarations.override(method, method.publishName(), TypeName.VOID, parameters(method))
                .addStatement(
                        "rpc.publish($T.$L, $L, update)",
                        service.methodsClass(),
                        method.constant(),
                        TopicCode.argument(method))
                .build();
    }

    private static MethodSpec publishAsync(Service service, Method method) {
        TypeName result = RuntimeTypes.future(TypeName.VOID.box());
        return Declarations.override(method, method.publishAsyncName(), result, parameters(method))
                .addStatement(
                        "return rpc.publishAsync($T.$L, $L, update)",
                        service.methodsClass(),
                        method.constant(),
                        TopicCode.argument(method))
                .build();
    }

    private static MethodSpec declared(Method method, String name, TypeName result, String usage) {
        return Declarations.method(method, name, result, parameters(method), Javadoc.commentAnd(method, usage))
                .addModifiers(Modifier.ABSTRACT)
                .build();
    }

    private static List<ParameterSpec> parameters(Method method) {
        return join(TopicCode.parameters(method), parameter(method.response(), "update"));
    }

    private MethodSpec createWithDefaults() {
        return factory("A publisher with default options.")
                .addStatement("return create(bus, $T.DEFAULT)", RuntimeTypes.PUBLISHER_OPTIONS)
                .build();
    }

    private MethodSpec create() {
        ClassName stub = service.publisherStub();
        return factory("A publisher. Does not touch the broker.")
                .addParameter(RuntimeTypes.PUBLISHER_OPTIONS, "options")
                .addStatement(
                        "return new $T($T.create(bus, $T.SERVICE, options))",
                        stub,
                        RuntimeTypes.RPC_PUBLISHER,
                        service.methodsClass())
                .build();
    }

    private MethodSpec.Builder factory(String javadoc) {
        return MethodSpec.methodBuilder("create")
                .addJavadoc("$L\n", javadoc)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(service.publisher())
                .addParameter(RuntimeTypes.MESSAGE_BUS, "bus");
    }
}
