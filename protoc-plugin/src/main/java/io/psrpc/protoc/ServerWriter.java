package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.time.Duration;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the server's interface. */
final class ServerWriter {
    private final Service service;

    ServerWriter(Service service) {
        this.service = service;
    }

    TypeSpec write() {
        boolean publishes = !service.subscriptions().isEmpty();
        TypeSpec.Builder type = Declarations.publicInterface(service, service.server(), javadoc())
                .addSuperinterface(publishes ? service.publisher() : ClassName.get(AutoCloseable.class))
                .addMethod(startWithDefaults())
                .addMethod(start())
                .addMethod(declared("serverId", ClassName.get(String.class), "The id that clients see in answers."));
        ServedTopics.of(service).forEach(topics -> type.addMethod(topics.declaration()));
        return type.addMethod(drain())
                .addMethod(declared("shutdownNow", TypeName.VOID, "Stops at once; interrupts handlers."))
                .addMethod(Declarations.abstractClose(
                        "Drains for as long as the options say, then stops. May be called twice."))
                .build();
    }

    private String javadoc() {
        return "Serves {@code " + service.fullName()
                + "} until closed. Safe for use from any thread; it keeps no thread, and no program, alive.";
    }

    private MethodSpec startWithDefaults() {
        return factory("A server with default options.")
                .addStatement("return start(bus, handler, $T.DEFAULT)", RuntimeTypes.SERVER_OPTIONS)
                .build();
    }

    private MethodSpec start() {
        String javadoc = """
                A server that serves all methods without topics, once the broker has confirmed; methods with topics are served
                when their topics are registered.""";
        return factory(javadoc)
                .addParameter(RuntimeTypes.SERVER_OPTIONS, "options")
                .addStatement("return $T.start(bus, handler, options)", service.serverStub())
                .build();
    }

    private MethodSpec.Builder factory(String javadoc) {
        return MethodSpec.methodBuilder("start")
                .addJavadoc("$L\n", javadoc)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(service.server())
                .addParameters(startParameters(service));
    }

    static List<ParameterSpec> startParameters(Service service) {
        return List.of(
                ParameterSpec.builder(RuntimeTypes.MESSAGE_BUS, "bus").build(),
                ParameterSpec.builder(service.handler(), "handler").build());
    }

    private static MethodSpec drain() {
        return MethodSpec.methodBuilder("drain")
                .addJavadoc("""
                        Takes no new requests, serves those on their way, and waits for handlers.

                        @return true: everything ended in time
                        """)
                .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                .returns(TypeName.BOOLEAN)
                .addParameter(Duration.class, "limit")
                .build();
    }

    private static MethodSpec declared(String name, TypeName result, String javadoc) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("$L\n", javadoc)
                .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                .returns(result)
                .build();
    }
}
