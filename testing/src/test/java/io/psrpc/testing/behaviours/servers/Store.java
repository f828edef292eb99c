package io.psrpc.testing.behaviours.servers;

import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.Topic;
import io.psrpc.stub.Binding;
import io.psrpc.stub.Binding.Affinity;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.GeneratedCode;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;

/** The service of these tests: methods of every routing, without and with a topic, on text. */
final class Store {
    static final MethodDefinition<StringValue, StringValue> FETCH =
            method("Fetch").build();
    static final MethodDefinition<StringValue, StringValue> WEIGH =
            method("Weigh").routing(Routing.AFFINITY).build();
    static final MethodDefinition<StringValue, StringValue> COUNT =
            method("Count").routing(Routing.MULTI).build();
    static final MethodDefinition<StringValue, StringValue> LOCK =
            method("Lock").singleServer().build();
    static final MethodDefinition<StringValue, StringValue> AISLE_FETCH =
            method("AisleFetch").topics("aisle").build();
    static final MethodDefinition<StringValue, StringValue> AISLE_WEIGH =
            method("AisleWeigh").routing(Routing.AFFINITY).topics("aisle").build();
    static final MethodDefinition<StringValue, StringValue> AISLE_COUNT =
            method("AisleCount").routing(Routing.MULTI).topics("aisle").build();
    static final MethodDefinition<StringValue, StringValue> AISLE_LOCK =
            method("AisleLock").topics("aisle").singleServer().build();
    static final MethodDefinition<StringValue, StringValue> NEWS = MethodDefinition.subscription(
                    "Store", "News", StringValue.getDefaultInstance())
            .routing(Routing.MULTI)
            .build();
    static final MethodDefinition<StringValue, StringValue> AISLE_NEWS = MethodDefinition.subscription(
                    "Store", "AisleNews", StringValue.getDefaultInstance())
            .routing(Routing.MULTI)
            .topics("aisle")
            .build();
    static final ServiceDefinition SERVICE = ServiceDefinition.of(
            GeneratedCode.VERSION_1,
            "Store",
            FETCH,
            WEIGH,
            COUNT,
            LOCK,
            AISLE_FETCH,
            AISLE_WEIGH,
            AISLE_COUNT,
            AISLE_LOCK,
            NEWS,
            AISLE_NEWS);

    /** The same service as one sees it who knows one queue method alone, which on NATS shares its subject with none. */
    static final ServiceDefinition SMALL_SERVICE =
            ServiceDefinition.of(GeneratedCode.VERSION_1, "Store", FETCH, WEIGH, COUNT, AISLE_LOCK);

    private Store() {}

    private static MethodDefinition.Builder<StringValue, StringValue> method(String name) {
        StringValue text = StringValue.getDefaultInstance();
        return MethodDefinition.unary("Store", name, text, text);
    }

    static StringValue text(String text) {
        return StringValue.of(text);
    }

    static Binding serve(
            MethodDefinition<StringValue, StringValue> method, UnaryHandler<StringValue, StringValue> handler) {
        return Binding.unary(method, Topic.NONE, handler);
    }

    static Binding serve(
            MethodDefinition<StringValue, StringValue> method,
            UnaryHandler<StringValue, StringValue> handler,
            Affinity<StringValue> affinity) {
        return Binding.unary(method, Topic.NONE, handler, affinity);
    }

    /** Whatever the request, this is the answer. */
    static Binding answer(MethodDefinition<StringValue, StringValue> method, String answer) {
        return serve(method, (ctx, request) -> text(answer));
    }

    /** The same on a topic. */
    static Binding answer(MethodDefinition<StringValue, StringValue> method, String topic, String answer) {
        return Binding.unary(method, Topic.of(topic), (ctx, request) -> text(answer));
    }
}
