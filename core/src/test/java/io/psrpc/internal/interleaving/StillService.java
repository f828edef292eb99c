package io.psrpc.internal.interleaving;

import com.google.protobuf.Int64Value;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.stub.GeneratedCode;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;

/** A service with a method of each kind of selection. */
public final class StillService {
    public static final MethodDefinition<Int64Value, Int64Value> QUEUE =
            method("Queue").build();
    public static final MethodDefinition<Int64Value, Int64Value> AFFINITY =
            method("Affinity").routing(Routing.AFFINITY).build();
    public static final MethodDefinition<Int64Value, Int64Value> MULTI =
            method("Multi").routing(Routing.MULTI).build();
    public static final ServiceDefinition SERVICE =
            ServiceDefinition.of(GeneratedCode.VERSION_1, "Still", QUEUE, AFFINITY, MULTI);

    private StillService() {}

    private static MethodDefinition.Builder<Int64Value, Int64Value> method(String name) {
        return MethodDefinition.unary("Still", name, Int64Value.getDefaultInstance(), Int64Value.getDefaultInstance());
    }
}
