package com.example.dispatcher;

import io.psrpc.ClientInterceptor;
import io.psrpc.ErrorCode;
import io.psrpc.RequestContext;
import io.psrpc.ServerInterceptor;
import java.util.Map;

/** Who may call: the client sends a token with every call, and the server finds out whose it is. */
final class Tenants {
    private static final String TOKEN = "token";
    private static final RequestContext.Key<String> TENANT = RequestContext.Key.named("tenant");

    private Tenants() {}

    static ClientInterceptor sending(String token) {
        return (call, next) -> next.proceed(call.withOptions(call.options().withMetadata(TOKEN, token)));
    }

    /** Handlers see only requests of known tenants. */
    static ServerInterceptor knowing(Map<String, String> tenantsByToken) {
        return (ctx, request, next) -> {
            String token = ctx.metadata().getOrDefault(TOKEN, "");
            String tenant = tenantsByToken.get(token);
            if (tenant == null) {
                throw ErrorCode.UNAUTHENTICATED.error("token: %s (expected: that of a tenant)", shown(token));
            }
            return next.proceed(ctx.with(TENANT, tenant), request);
        };
    }

    /** Whose request it is. */
    static String of(RequestContext ctx) {
        return ctx.get(TENANT).orElseThrow();
    }

    private static String shown(String token) {
        return token.isEmpty() ? "none" : token.length() + " characters";
    }
}
