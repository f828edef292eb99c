package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One service, and the classes that are generated for it.
 *
 * @param place where it stands, for messages
 * @param fullName its name with the proto's package
 * @param wireName its name on the wire
 * @param comment the proto's, unescaped
 * @param usesDeprecated whether any of its methods, or of their messages, or itself is deprecated
 */
record Service(
        Place place,
        String fullName,
        String wireName,
        String javaPackage,
        Optional<String> comment,
        boolean isDeprecated,
        boolean usesDeprecated,
        List<Method> methods) {

    Service {
        methods = List.copyOf(methods);
    }

    ClassName client() {
        return generated("Client");
    }

    ClassName clientStub() {
        return generated("ClientStub");
    }

    ClassName asyncClient() {
        return generated("AsyncClient");
    }

    ClassName asyncClientStub() {
        return generated("AsyncClientStub");
    }

    ClassName handler() {
        return generated("Handler");
    }

    ClassName publisher() {
        return generated("Publisher");
    }

    ClassName publisherStub() {
        return generated("PublisherStub");
    }

    ClassName server() {
        return generated("Server");
    }

    ClassName serverStub() {
        return generated("ServerStub");
    }

    ClassName methodsClass() {
        return generated("Methods");
    }

    List<Method> unary() {
        return methods.stream().filter(Method::isUnary).toList();
    }

    List<Method> subscriptions() {
        return methods.stream().filter(Method::isSubscription).toList();
    }

    /** The groups in the order of their first members. */
    Map<String, List<Method>> groups() {
        return methods.stream()
                .filter(method -> method.group().isPresent())
                .collect(Collectors.groupingBy(
                        method -> method.group().orElseThrow(), LinkedHashMap::new, Collectors.toList()));
    }

    private ClassName generated(String suffix) {
        return ClassName.get(javaPackage, wireName + suffix);
    }
}
