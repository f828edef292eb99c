package io.psrpc.testing.load;

import com.google.protobuf.Int64Value;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.stub.GeneratedCode;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;

/** A service with one method of each routing; numbers come back as they are. */
final class LoadService {
    static final MethodDefinition<Int64Value, Int64Value> QUEUE =
            method("Queue").build();
    /** Served by those who do not skip the claim. */
    static final MethodDefinition<Int64Value, Int64Value> CLAIMED =
            method("Claimed").build();

    static final MethodDefinition<Int64Value, Int64Value> SINGLE =
            method("Single").singleServer().build();
    static final MethodDefinition<Int64Value, Int64Value> AFFINITY =
            method("Affinity").routing(Routing.AFFINITY).build();
    static final MethodDefinition<Int64Value, Int64Value> MULTI =
            method("Multi").routing(Routing.MULTI).build();
    static final MethodDefinition<Int64Value, Int64Value> ROOM =
            method("Room").topics("room").build();

    static final ServiceDefinition SERVICE =
            ServiceDefinition.of(GeneratedCode.VERSION_1, "Load", QUEUE, CLAIMED, SINGLE, AFFINITY, MULTI, ROOM);

    private LoadService() {}

    private static MethodDefinition.Builder<Int64Value, Int64Value> method(String name) {
        return MethodDefinition.unary("Load", name, Int64Value.getDefaultInstance(), Int64Value.getDefaultInstance());
    }
}
