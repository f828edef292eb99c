package io.psrpc.protoc;

import static io.psrpc.protoc.ClientMethod.join;
import static io.psrpc.protoc.ClientMethod.names;
import static io.psrpc.protoc.ClientMethod.parameter;
import static io.psrpc.protoc.ClientMethod.shorter;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;

/** The methods of the async client. */
final class AsyncMethods {
    private AsyncMethods() {}

    static List<ClientMethod> of(Service service) {
        return service.methods().stream().map(method -> of(service, method)).toList();
    }

    private static ClientMethod of(Service service, Method method) {
        if (method.isSubscription()) {
            return subscription(service, method);
        }
        return method.isMulti() ? multi(service, method) : unary(service, method);
    }

    private static ClientMethod unary(Service service, Method method) {
        List<ParameterSpec> required = required(method);
        return new ClientMethod(
                method,
                method.javaName(),
                RuntimeTypes.future(method.response()),
                join(required, parameter(RuntimeTypes.CALL_OPTIONS, "options")),
                List.of(shorter(required, names(required), CodeBlock.of("$T.DEFAULT", RuntimeTypes.CALL_OPTIONS))),
                call("requestAsync", service, method, "request, options"),
                "Calls one server.");
    }

    private static ClientMethod multi(Service service, Method method) {
        List<ParameterSpec> required = required(method);
        List<ParameterSpec> withOptions = join(required, parameter(RuntimeTypes.CALL_OPTIONS, "options"));
        TypeName answer = RuntimeTypes.response(method.response());
        return new ClientMethod(
                method,
                method.javaName(),
                RuntimeTypes.future(RuntimeTypes.list(answer)),
                join(withOptions, parameter(RuntimeTypes.consumer(answer), "each")),
                List.of(
                        shorter(required, names(required), CodeBlock.of("$T.DEFAULT", RuntimeTypes.CALL_OPTIONS)),
                        shorter(withOptions, names(withOptions), CodeBlock.of("each -> {}"))),
                call("requestAllAsync", service, method, "request, options, each"),
                "Calls every server; done at the end of the call, with all answers.");
    }

    private static ClientMethod subscription(Service service, Method method) {
        List<ParameterSpec> topic = TopicCode.parameters(method);
        ParameterSpec options = parameter(RuntimeTypes.SUBSCRIPTION_OPTIONS, "options");
        ParameterSpec listener = parameter(RuntimeTypes.subscriptionListener(method.response()), "listener");
        CodeBlock defaults = CodeBlock.of("$T.DEFAULT", RuntimeTypes.SUBSCRIPTION_OPTIONS);
        CodeBlock toListener = CodeBlock.of("listener");
        return new ClientMethod(
                method,
                method.subscribeName(),
                RuntimeTypes.future(RuntimeTypes.REGISTRATION),
                join(topic, options, listener),
                List.of(
                        topic.isEmpty()
                                ? shorter(join(topic, listener), defaults, toListener)
                                : shorter(join(topic, listener), names(topic), defaults, toListener)),
                call("subscribeAsync", service, method, "options, listener"),
                method.isMulti()
                        ? "Subscribes to updates, of which every subscriber gets each; done when confirmed."
                        : "Subscribes to updates, of which one subscriber gets each; done when confirmed.");
    }

    private static List<ParameterSpec> required(Method method) {
        return join(TopicCode.parameters(method), parameter(method.request(), "request"));
    }

    private static CodeBlock call(String clientMethod, Service service, Method method, String arguments) {
        return CodeBlock.of(
                "rpc.$L($T.$L, $L, $L)",
                clientMethod,
                service.methodsClass(),
                method.constant(),
                TopicCode.argument(method),
                arguments);
    }
}
