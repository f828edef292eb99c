package com.example.quickstart;

import com.example.api.MyRequest;
import com.example.api.MyResponse;
import com.example.api.MyServiceHandler;
import io.psrpc.ErrorCode;
import io.psrpc.RequestContext;
import java.util.concurrent.atomic.AtomicLong;

/** What one server does. */
final class Handler implements MyServiceHandler {
    private final String name;
    private final float idle;
    private final AtomicLong requests = new AtomicLong();

    Handler(String name, float idle) {
        this.name = name;
        this.idle = idle;
    }

    @Override
    public MyResponse normalRPC(RequestContext ctx, MyRequest request) {
        if (request.getName().isEmpty()) {
            throw ErrorCode.INVALID_ARGUMENT.error("name: empty (expected: who asks)");
        }
        return answer("hello " + request.getName() + ", this is " + name);
    }

    @Override
    public MyResponse intensiveRPC(RequestContext ctx, MyRequest request) {
        return answer(name + " did the work");
    }

    /** The server that is idle the most gets the work. */
    @Override
    public float intensiveRPCAffinity(RequestContext ctx, MyRequest request) {
        return idle;
    }

    @Override
    public MyResponse getStats(RequestContext ctx, MyRequest request) {
        return answer(name);
    }

    @Override
    public MyResponse getRegionStats(RequestContext ctx, MyRequest request) {
        return answer(name + " in " + ctx.topic().part(0));
    }

    private MyResponse answer(String text) {
        return MyResponse.newBuilder()
                .setText(text)
                .setRequests(requests.incrementAndGet())
                .build();
    }
}
