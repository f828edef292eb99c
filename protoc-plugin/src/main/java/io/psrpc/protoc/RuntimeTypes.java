package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The types of the runtime that generated code names. The generator itself does not depend on the runtime. */
final class RuntimeTypes {
    static final ClassName CALL_OPTIONS = api("CallOptions");
    static final ClassName CLIENT_OPTIONS = api("ClientOptions");
    static final ClassName ERROR_CODE = api("ErrorCode");
    static final ClassName METHOD_INFO_ROUTING = api("MethodInfo").nestedClass("Routing");
    static final ClassName PUBLISHER_OPTIONS = api("PublisherOptions");
    static final ClassName REGISTRATION = api("Registration");
    static final ClassName REQUEST_CONTEXT = api("RequestContext");
    static final ClassName SERVER_OPTIONS = api("ServerOptions");
    static final ClassName SUBSCRIPTION_OPTIONS = api("SubscriptionOptions");
    static final ClassName TOPIC = api("Topic");

    static final ClassName MESSAGE_BUS = ClassName.get("io.psrpc.bus", "MessageBus");

    static final ClassName BINDING = stub("Binding");
    static final ClassName GENERATED_CODE = stub("GeneratedCode");
    static final ClassName METHOD_DEFINITION = stub("MethodDefinition");
    static final ClassName RPC_CLIENT = stub("RpcClient");
    static final ClassName RPC_PUBLISHER = stub("RpcPublisher");
    static final ClassName RPC_SERVER = stub("RpcServer");
    static final ClassName SERVICE_DEFINITION = stub("ServiceDefinition");

    private RuntimeTypes() {}

    static TypeName response(TypeName message) {
        return ParameterizedTypeName.get(api("Response"), message);
    }

    static TypeName responses(TypeName message) {
        return ParameterizedTypeName.get(api("Responses"), message);
    }

    static TypeName subscription(TypeName update) {
        return ParameterizedTypeName.get(api("Subscription"), update);
    }

    static TypeName subscriptionListener(TypeName update) {
        return ParameterizedTypeName.get(api("SubscriptionListener"), update);
    }

    static TypeName methodDefinition(TypeName request, TypeName response) {
        return ParameterizedTypeName.get(METHOD_DEFINITION, request, response);
    }

    static TypeName future(TypeName result) {
        return ParameterizedTypeName.get(ClassName.get(CompletableFuture.class), result);
    }

    static TypeName list(TypeName element) {
        return ParameterizedTypeName.get(ClassName.get(List.class), element);
    }

    static TypeName consumer(TypeName argument) {
        return ParameterizedTypeName.get(ClassName.get(Consumer.class), argument);
    }

    private static ClassName api(String name) {
        return ClassName.get("io.psrpc", name);
    }

    private static ClassName stub(String name) {
        return ClassName.get("io.psrpc.stub", name);
    }
}
