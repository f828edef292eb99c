package io.psrpc.stub;

import com.google.protobuf.Message;
import io.psrpc.MethodInfo;
import io.psrpc.MethodInfo.Kind;
import io.psrpc.MethodInfo.Routing;
import java.util.List;
import java.util.Objects;

/**
 * One method of a service, as generated code or a user of the dynamic API describes it: by prototypes, not by classes, so without
 * reflection. Immutable; keep it in a constant. Both sides must describe a method alike, or they do not meet.
 *
 * @param <Q> the request; of a subscription, the update
 * @param <R> the response; of a subscription, the update
 */
public final class MethodDefinition<Q extends Message, R extends Message> {
    private final MethodInfo info;
    private final Q request;
    private final R response;
    private final List<String> topicNames;
    private final boolean singleServer;

    private MethodDefinition(Builder<Q, R> builder) {
        info = new MethodInfo(builder.service, builder.method, builder.kind, builder.routing);
        request = builder.request;
        response = builder.response;
        topicNames = builder.topicNames;
        singleServer = builder.singleServer;
    }

    /**
     * A method that answers requests.
     *
     * @param service the service's name on the wire
     * @param method the method's name on the wire
     * @param request any message of the request's type
     * @param response any message of the response's type
     */
    public static <Q extends Message, R extends Message> Builder<Q, R> unary(
            String service, String method, Q request, R response) {
        return new Builder<>(service, method, Kind.UNARY, request, response);
    }

    /**
     * A method whose updates servers publish and clients receive.
     *
     * @param service the service's name on the wire
     * @param method the method's name on the wire
     * @param update any message of the update's type
     */
    public static <R extends Message> Builder<R, R> subscription(String service, String method, R update) {
        return new Builder<>(service, method, Kind.SUBSCRIPTION, update, update);
    }

    /** What interceptors and observers are told about it. */
    public MethodInfo info() {
        return info;
    }

    /**
     * True: servers bid for a request, and the client chooses. So it is for unary methods whose routing is not MULTI, unless {@link
     * #isSingleServer()}.
     */
    public boolean requiresClaim() {
        return info.kind() == Kind.UNARY && info.routing() != Routing.MULTI && !singleServer;
    }

    /** True: no more than one server serves a topic, so that nobody has to bid. */
    public boolean isSingleServer() {
        return singleServer;
    }

    /** What the parts of a topic mean, in their order; empty: the method has no topics. Unmodifiable. */
    public List<String> topicNames() {
        return topicNames;
    }

    /** The prototype of the request; of a subscription, of the update. */
    public Q request() {
        return request;
    }

    /** The prototype of the response; of a subscription, of the update. */
    public R response() {
        return response;
    }

    /** The names on the wire: {@code Fleet.RunJob}. */
    @Override
    public String toString() {
        return info.service() + "." + info.method();
    }

    /**
     * Collects what a method is; not safe for use by several threads.
     *
     * @param <Q> the request; of a subscription, the update
     * @param <R> the response; of a subscription, the update
     */
    public static final class Builder<Q extends Message, R extends Message> {
        private final String service;
        private final String method;
        private final Kind kind;
        private final Q request;
        private final R response;
        private Routing routing = Routing.QUEUE;
        private List<String> topicNames = List.of();
        private boolean singleServer;

        private Builder(String service, String method, Kind kind, Q request, R response) {
            this.service = Objects.requireNonNull(service, "service");
            this.method = Objects.requireNonNull(method, "method");
            this.kind = kind;
            this.request = Objects.requireNonNull(request, "request");
            this.response = Objects.requireNonNull(response, "response");
        }

        /** Who gets what is sent. Default {@link Routing#QUEUE}. */
        public Builder<Q, R> routing(Routing routing) {
            this.routing = Objects.requireNonNull(routing, "routing");
            return this;
        }

        /** What the parts of the method's topics mean. Default: it has no topics. */
        public Builder<Q, R> topics(String... names) {
            for (String name : names) {
                Objects.requireNonNull(name, "name");
            }
            topicNames = List.of(names);
            return this;
        }

        /** Says that no more than one server serves a topic. */
        public Builder<Q, R> singleServer() {
            singleServer = true;
            return this;
        }

        /**
         * The method.
         *
         * @throws IllegalArgumentException if a name is empty, or the service's or method's has a character that channel names reserve
         */
        public MethodDefinition<Q, R> build() {
            WireName.checked("service", service);
            WireName.checked("method", method);
            if (topicNames.contains("")) {
                throw new IllegalArgumentException("topics: " + topicNames + " (expected: no empty name)");
            }
            return new MethodDefinition<>(this);
        }
    }
}
