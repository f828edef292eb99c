package io.psrpc.stub;

import io.psrpc.MethodInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A service: its name on the wire and its methods. Immutable.
 *
 * @param name the service's name on the wire, without a package
 * @param methods all of them, in any order; unmodifiable
 */
public record ServiceDefinition(String name, List<MethodDefinition<?, ?>> methods) {
    /**
     * Copies the methods.
     *
     * @throws IllegalArgumentException if a method is another service's, or two have one name
     */
    public ServiceDefinition {
        WireName.checked("name", name);
        for (MethodDefinition<?, ?> method : Objects.requireNonNull(methods, "methods")) {
            Objects.requireNonNull(method, "method");
        }
        methods = List.copyOf(methods);
        Set<String> seen = new HashSet<>();
        for (MethodDefinition<?, ?> method : methods) {
            if (!method.info().service().equals(name)) {
                throw new IllegalArgumentException("methods: " + method + " (expected: methods of " + name + ")");
            }
            if (!seen.add(method.info().method())) {
                throw new IllegalArgumentException("methods: " + method + " twice (expected: one of each name)");
            }
        }
    }

    /**
     * What generated code calls.
     *
     * @param version of the code that calls this; naming it is the check
     */
    public static ServiceDefinition of(GeneratedCode version, String name, MethodDefinition<?, ?>... methods) {
        Objects.requireNonNull(version, "version");
        return new ServiceDefinition(name, List.of(methods));
    }

    /**
     * Whether {@code method}, which has routing QUEUE, shares its subject with another queue method or queue subscription: on brokers
     * whose subjects leave the method out (NATS), those of one topic shape do, and members hand on to each other what they do not serve.
     */
    public boolean sharesQueueSubject(MethodDefinition<?, ?> method) {
        long onSubject = methods.stream()
                .filter(other -> other.info().routing() == MethodInfo.Routing.QUEUE)
                .filter(other ->
                        other.topicNames().size() == method.topicNames().size())
                .count();
        return onSubject > 1;
    }
}
