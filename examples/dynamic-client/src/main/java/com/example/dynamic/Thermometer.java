package com.example.dynamic;

import com.google.protobuf.DoubleValue;
import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.RequestContext;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcServer;

/** A thermometer in a room: a server whose methods are lambdas. */
final class Thermometer {
    private final String name;
    private final String room;
    private final double celsius;
    private final float idle;

    Thermometer(String name, String room, double celsius, float idle) {
        this.name = name;
        this.room = room;
        this.celsius = celsius;
        this.idle = idle;
    }

    RpcServer start(MessageBus bus) {
        RpcServer server = RpcServer.create(
                bus, Sensors.SERVICE, ServerOptions.builder().serverId(name).build());
        server.register(
                Binding.unary(Sensors.READ, Topic.of(room), this::read),
                Binding.unary(Sensors.LIST, Topic.NONE, (ctx, request) -> StringValue.of(name)),
                Binding.unary(
                        Sensors.CALIBRATE,
                        Topic.NONE,
                        (ctx, request) -> StringValue.of(name + " is exact"),
                        (ctx, request) -> idle));
        return server;
    }

    private DoubleValue read(RequestContext ctx, StringValue unit) {
        return switch (unit.getValue()) {
            case "celsius" -> DoubleValue.of(celsius);
            case "kelvin" -> DoubleValue.of(celsius + 273.15);
            default -> throw ErrorCode.INVALID_ARGUMENT.error("unit: %s (expected: celsius, kelvin)", unit.getValue());
        };
    }
}
