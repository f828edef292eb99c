package com.example.dynamic;

import com.google.protobuf.DoubleValue;
import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;
import java.util.List;

/** The service of sensors.proto, described by hand: what the generator would write. */
final class Sensors {
    static final String NAME = "Sensors";

    static final MethodDefinition<StringValue, DoubleValue> READ = MethodDefinition.unary(
                    NAME, "Read", StringValue.getDefaultInstance(), DoubleValue.getDefaultInstance())
            .topics("room")
            .singleServer()
            .build();

    static final MethodDefinition<Empty, StringValue> LIST = MethodDefinition.unary(
                    NAME, "List", Empty.getDefaultInstance(), StringValue.getDefaultInstance())
            .routing(Routing.MULTI)
            .build();

    static final MethodDefinition<Empty, StringValue> CALIBRATE = MethodDefinition.unary(
                    NAME, "Calibrate", Empty.getDefaultInstance(), StringValue.getDefaultInstance())
            .routing(Routing.AFFINITY)
            .build();

    static final MethodDefinition<DoubleValue, DoubleValue> ALARMS = MethodDefinition.subscription(
                    NAME, "Alarms", DoubleValue.getDefaultInstance())
            .routing(Routing.MULTI)
            .topics("room")
            .build();

    static final ServiceDefinition SERVICE = new ServiceDefinition(NAME, List.of(READ, LIST, CALIBRATE, ALARMS));

    private Sensors() {}
}
