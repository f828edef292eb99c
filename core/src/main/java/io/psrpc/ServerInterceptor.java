package io.psrpc;

import com.google.protobuf.Message;

/**
 * Stands around the handlers of a server: may change the context, the request, the response or the failure, or answer by itself.
 * Interceptors run in the order in which they were added, outermost first, on the handler's thread: {@code try}/{@code finally},
 * logging contexts and scopes work. It may block.
 *
 * <p>Affinity functions are not handlers: they see every request, with what the caller sent and nothing that an interceptor adds.
 */
@FunctionalInterface
public interface ServerInterceptor {
    /**
     * A request that has one answer from this server, unary or multi.
     *
     * @return the response, of the method's type
     * @throws Exception the answer's error, as if the handler had thrown it
     */
    Message unary(RequestContext ctx, Message request, Next next) throws Exception;

    /** The rest of the way. */
    @FunctionalInterface
    interface Next {
        /**
         * Runs the handler. A crash of it comes out as {@code INTERNAL}.
         *
         * @throws Exception what the handler threw
         */
        Message proceed(RequestContext ctx, Message request) throws Exception;
    }
}
