package io.psrpc.protoc;

import static io.psrpc.protoc.ClientMethod.join;
import static io.psrpc.protoc.ClientMethod.names;
import static io.psrpc.protoc.ClientMethod.parameter;
import static io.psrpc.protoc.ClientMethod.shorter;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;

/** The methods of the blocking client. */
final class BlockingMethods {
    private BlockingMethods() {}

    static List<ClientMethod> of(Service service) {
        return service.methods().stream()
                .map(method -> method.isSubscription() ? subscription(service, method) : call(service, method))
                .toList();
    }

    private static ClientMethod call(Service service, Method method) {
        List<ParameterSpec> required = join(TopicCode.parameters(method), parameter(method.request(), "request"));
        TypeName result = method.isMulti() ? RuntimeTypes.responses(method.response()) : method.response();
        CodeBlock call = CodeBlock.of(
                "rpc.$L($T.$L, $L, request, options)",
                method.isMulti() ? "requestAll" : "request",
                service.methodsClass(),
                method.constant(),
                TopicCode.argument(method));
        return new ClientMethod(
                method,
                method.javaName(),
                result,
                join(required, parameter(RuntimeTypes.CALL_OPTIONS, "options")),
                List.of(shorter(required, names(required), CodeBlock.of("$T.DEFAULT", RuntimeTypes.CALL_OPTIONS))),
                call,
                method.isMulti()
                        ? "Calls every server; close the answers."
                        : "Calls one server and waits for its response.");
    }

    private static ClientMethod subscription(Service service, Method method) {
        List<ParameterSpec> topic = TopicCode.parameters(method);
        CodeBlock defaults = CodeBlock.of("$T.DEFAULT", RuntimeTypes.SUBSCRIPTION_OPTIONS);
        CodeBlock call = CodeBlock.of(
                "rpc.subscribe($T.$L, $L, options)",
                service.methodsClass(),
                method.constant(),
                TopicCode.argument(method));
        return new ClientMethod(
                method,
                method.subscribeName(),
                RuntimeTypes.subscription(method.response()),
                join(topic, parameter(RuntimeTypes.SUBSCRIPTION_OPTIONS, "options")),
                List.of(topic.isEmpty() ? shorter(topic, defaults) : shorter(topic, names(topic), defaults)),
                call,
                method.isMulti()
                        ? "Subscribes to updates, of which every subscriber gets each; close it."
                        : "Subscribes to updates, of which one subscriber gets each; close it.");
    }
}
