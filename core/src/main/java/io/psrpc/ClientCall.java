package io.psrpc;

import com.google.protobuf.Message;
import java.util.Objects;

/**
 * A call that is about to be made, as client interceptors and observers see it.
 *
 * @param method the method that is called
 * @param topic the topic that it is called for; {@link Topic#NONE} for methods without topics
 * @param request what is sent
 * @param options what the call does differently
 */
public record ClientCall(MethodInfo method, Topic topic, Message request, CallOptions options) {
    /** Checks that nothing is null. */
    public ClientCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(options, "options");
    }

    /** The same call with other options. */
    public ClientCall withOptions(CallOptions options) {
        return new ClientCall(method, topic, request, options);
    }

    /** The same call with another request, which must be of the method's type. */
    public ClientCall withRequest(Message request) {
        return new ClientCall(method, topic, request, options);
    }
}
