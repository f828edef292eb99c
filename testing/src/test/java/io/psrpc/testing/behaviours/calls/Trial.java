package io.psrpc.testing.behaviours.calls;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.Topic;
import io.psrpc.stub.Binding;
import io.psrpc.stub.GeneratedCode;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;

/** The services under test, with text in and out. */
final class Trial {
    static final MethodDefinition<StringValue, StringValue> ASK =
            unary("Ask", Routing.QUEUE).build();
    static final MethodDefinition<StringValue, StringValue> ASK_ROOM =
            unary("AskRoom", Routing.QUEUE).topics("room").build();
    static final MethodDefinition<StringValue, StringValue> ASK_ONE = unary("AskOne", Routing.QUEUE)
            .topics("house", "room")
            .singleServer()
            .build();
    static final MethodDefinition<StringValue, StringValue> PICK =
            unary("Pick", Routing.AFFINITY).build();
    static final MethodDefinition<StringValue, StringValue> PICK_OTHER =
            unary("PickOther", Routing.AFFINITY).build();
    static final MethodDefinition<StringValue, StringValue> PICK_ROOM =
            unary("PickRoom", Routing.AFFINITY).topics("room").build();
    static final MethodDefinition<StringValue, StringValue> ALL =
            unary("All", Routing.MULTI).build();
    static final ServiceDefinition SERVICE = ServiceDefinition.of(
            GeneratedCode.VERSION_1, "Trial", ASK, ASK_ROOM, ASK_ONE, PICK, PICK_OTHER, PICK_ROOM, ALL);

    /** Updates of which each reaches one client. */
    static final MethodDefinition<StringValue, StringValue> TASKS =
            update("Tasks").build();
    /** Updates of which each reaches every client. */
    static final MethodDefinition<StringValue, StringValue> NEWS =
            update("News").routing(Routing.MULTI).build();

    static final ServiceDefinition FEED = ServiceDefinition.of(GeneratedCode.VERSION_1, "Feed", TASKS, NEWS);

    /** Bytes that no text has, in the field that a {@link StringValue} has its text in. */
    static final BytesValue NO_TEXT = BytesValue.of(ByteString.copyFrom(new byte[] {(byte) 0xc3, (byte) 0x28}));

    private Trial() {}

    private static MethodDefinition.Builder<StringValue, StringValue> unary(String name, Routing routing) {
        return MethodDefinition.unary("Trial", name, StringValue.getDefaultInstance(), StringValue.getDefaultInstance())
                .routing(routing);
    }

    private static MethodDefinition.Builder<StringValue, StringValue> update(String name) {
        return MethodDefinition.subscription("Feed", name, StringValue.getDefaultInstance());
    }

    /** The method as someone describes it who takes its text for bytes on the client's side. */
    static MethodDefinition<BytesValue, StringValue> withBytesIn(MethodDefinition<StringValue, StringValue> method) {
        return MethodDefinition.unary(
                        "Trial",
                        method.info().method(),
                        BytesValue.getDefaultInstance(),
                        StringValue.getDefaultInstance())
                .routing(method.info().routing())
                .build();
    }

    /** The method as someone describes it who takes its answer for bytes on the server's side. */
    static MethodDefinition<StringValue, BytesValue> withBytesOut(MethodDefinition<StringValue, StringValue> method) {
        return MethodDefinition.unary(
                        "Trial",
                        method.info().method(),
                        StringValue.getDefaultInstance(),
                        BytesValue.getDefaultInstance())
                .routing(method.info().routing())
                .build();
    }

    static StringValue text(String text) {
        return StringValue.of(text);
    }

    static Binding serve(
            MethodDefinition<StringValue, StringValue> method, Binding.UnaryHandler<StringValue, StringValue> handler) {
        return Binding.unary(method, Topic.NONE, handler);
    }

    /** Serves {@link #PICK}. */
    static Binding bid(float affinity, Binding.UnaryHandler<StringValue, StringValue> handler) {
        return Binding.unary(PICK, Topic.NONE, handler, (ctx, request) -> affinity);
    }
}
