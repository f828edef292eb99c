package io.psrpc.internal.server;

import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.RequestContext;
import io.psrpc.ServerInterceptor;
import io.psrpc.internal.wire.MessageType;
import io.psrpc.stub.Binding;
import java.util.List;
import java.util.Objects;

/** A handler with its server's interceptors around it, outermost first; put together once. */
final class HandlerChain {
    private HandlerChain() {}

    static ServerInterceptor.Next of(Binding binding, List<ServerInterceptor> interceptors) {
        Binding.UnaryHandler<Message, Message> handler = binding.handler();
        ServerInterceptor.Next chain = guarded((ctx, request) -> handle(handler, ctx, request));
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            ServerInterceptor interceptor = interceptors.get(i);
            ServerInterceptor.Next inner = chain;
            chain = guarded((ctx, request) -> interceptor.unary(ctx, request, checked(binding, inner)));
        }
        return chain;
    }

    /** What an interceptor hands on: the handler could only say that it cannot be cast. */
    private static ServerInterceptor.Next checked(Binding binding, ServerInterceptor.Next inner) {
        return (ctx, request) -> {
            Objects.requireNonNull(ctx, "ctx");
            Objects.requireNonNull(request, "request");
            try {
                MessageType.check(request, binding.method().request());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "an interceptor's request of " + binding.method() + ": " + e.getMessage(), e);
            }
            return inner.proceed(ctx, request);
        };
    }

    private static Message handle(Binding.UnaryHandler<Message, Message> handler, RequestContext ctx, Message request)
            throws Exception {
        try {
            return handler.handle(ctx, request);
        } catch (AbstractMethodError e) {
            throw new PsrpcException(ErrorCode.UNIMPLEMENTED, "method is not implemented", e);
        }
    }

    /** A crash becomes an error where it happens, so that the interceptors around it see that. */
    private static ServerInterceptor.Next guarded(ServerInterceptor.Next step) {
        return (ctx, request) -> {
            try {
                return step.proceed(ctx, request);
            } catch (Throwable e) {
                if (HandlerFailures.unwrapped(e) instanceof Error crash) {
                    throw HandlerFailures.crash(ctx.requestId(), crash);
                }
                throw e;
            }
        };
    }
}
