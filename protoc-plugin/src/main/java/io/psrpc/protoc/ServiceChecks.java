package io.psrpc.protoc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses services whose names meet, on the wire or in Java, and groups whose topics differ. */
final class ServiceChecks {
    private ServiceChecks() {}

    static void check(List<Service> services) {
        NamesInUse wireNames = new NamesInUse("wire name");
        for (Service service : services) {
            String protoPackage =
                    service.fullName().substring(0, service.fullName().lastIndexOf('.') + 1);
            wireNames.add(protoPackage + service.wireName(), service.place());
            checkWireNames(service);
            checkJavaNames(service);
            service.groups().forEach(ServiceChecks::checkGroup);
        }
    }

    private static void checkWireNames(Service service) {
        NamesInUse names = new NamesInUse("wire name");
        service.methods().forEach(method -> names.add(method.wireName(), method.place()));
    }

    private static void checkJavaNames(Service service) {
        NamesInUse client = new NamesInUse("Java method of the client");
        NamesInUse handler = new NamesInUse("Java method of the handler");
        NamesInUse server = new NamesInUse("Java method of the server");
        NamesInUse constants = new NamesInUse("Java constant");
        for (Method method : service.methods()) {
            constants.add(method.constant(), method.place());
            if (method.isSubscription()) {
                client.add(method.subscribeName(), method.place());
                server.add(method.publishName(), method.place());
                server.add(method.publishAsyncName(), method.place());
            } else {
                client.add(method.javaName(), method.place());
                handler.add(method.javaName(), method.place());
            }
            if (method.hasAffinity()) {
                handler.add(method.affinityName(), method.place());
            }
        }
        for (ServedTopics served : ServedTopics.of(service)) {
            server.add(served.name(), served.methods().get(0).place());
        }
    }

    private static void checkGroup(String group, List<Method> members) {
        Method first = members.get(0);
        for (Method member : members) {
            if (!member.topics().equals(first.topics())) {
                throw member.place()
                        .refuse(
                                "topic_params of group %s: %s (expected: %s, as in %s)",
                                group, describe(member), describe(first), first.place());
            }
        }
    }

    private static String describe(Method method) {
        return method.topics()
                .map(topics -> topics.partNames() + (topics.recordClass().isPresent() ? " typed" : ""))
                .orElse("none");
    }

    /** The names that one thing may be called only once. */
    private static final class NamesInUse {
        private final String what;
        private final Map<String, Place> places = new HashMap<>();

        NamesInUse(String what) {
            this.what = what;
        }

        void add(String name, Place place) {
            Place other = places.putIfAbsent(name, place);
            if (other != null) {
                throw place.refuse("%s: %s (expected: one that %s does not have)", what, name, other);
            }
        }
    }
}
