package io.psrpc.protoc;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo.Kind;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.MethodDefinition;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Starts a server and a client of each service of the cases and calls each method in all its forms, under the name that it has in Java
 * and on the channels that it has by Go's own generator.
 */
@Rows("G01")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GeneratedCodeRunsTest {
    static final List<String> CASES = TestProtos.CASES.stream()
            .filter(proto -> proto.startsWith("cases/"))
            .toList();

    /** The others are called as on the wire, but for a small first letter. */
    private static final Map<String, String> ODD_NAMES = Map.ofEntries(
            entry("Async", "async_"),
            entry("Clone", "clone_"),
            entry("Close", "close_"),
            entry("Create", "create_"),
            entry("Default", "default_"),
            entry("Drain", "drain_"),
            entry("Equals", "equals_"),
            entry("Finalize", "finalize_"),
            entry("GetClass", "getClass_"),
            entry("HashCode", "hashCode_"),
            entry("ICERestart", "iceRestart"),
            entry("New", "new_"),
            entry("Notify", "notify_"),
            entry("NotifyAll", "notifyAll_"),
            entry("ServerId", "serverId_"),
            entry("ShutdownNow", "shutdownNow_"),
            entry("Start", "start_"),
            entry("ToString", "toString_"),
            entry("True", "true_"),
            entry("WHIP", "whip"),
            entry("Wait", "wait_"),
            entry("Yield", "yield_"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("CASES")
    void underItsNamesInJavaAndOnTheWire(String proto) throws Exception {
        assertThat(GeneratedClasses.compile(directory, TestProtos.sources(proto)))
                .isEmpty();
        runServices(directory, MessageTypes.javaPackage(TestProtos.file(proto)), GoMethod.of(proto));
    }

    /** Runs the services whose classes lie in a directory. */
    static void runServices(Path directory, String javaPackage, Map<String, List<GoMethod>> services) throws Exception {
        assertThat(services).isNotEmpty();
        String prefix = javaPackage.isEmpty() ? "" : javaPackage + ".";
        Wiretap wiretap = new Wiretap();
        try (GeneratedClasses classes = new GeneratedClasses(directory);
                MessageBus bus = MessageBus.over(wiretap, BusOptions.DEFAULT)) {
            for (Map.Entry<String, List<GoMethod>> service : services.entrySet()) {
                String name = service.getKey();
                try (RunningService running = new RunningService(classes, prefix + name, bus)) {
                    checkDeclarations(running, name, service.getValue());
                    for (GoMethod method : service.getValue()) {
                        run(running, method);
                        assertThat(wiretap.drainRequests()).containsExactly(method.requestChannel(name));
                    }
                }
            }
        }
    }

    @Test
    void aGroupIsServedTogether() throws Exception {
        GeneratedClasses.compile(directory, TestProtos.sources("cases/topics.proto"));
        try (GeneratedClasses classes = new GeneratedClasses(directory);
                MessageBus bus = MessageBus.over(new Wiretap(), BusOptions.DEFAULT);
                RunningService running = new RunningService(classes, "cases.topics.Topics", bus)) {
            List<String> topic = List.of("eu", "r1");
            List<String> members = List.of("firstOfGroup", "secondOfGroup", "thirdOfGroup");
            Registration group = running.register("registerAllPlainTopics", topic);
            for (String member : members) {
                assertThat(running.callAll(member, topic)).isEqualTo(4);
            }
            assertNobodyServes(running, "firstOfGroup", List.of("r1", "eu"));
            group.close();
            for (String member : members) {
                assertNobodyServes(running, member, topic);
            }
        }
    }

    private static void assertNobodyServes(RunningService running, String method, List<String> topic) {
        assertThatThrownBy(() -> running.callAll(method, topic))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOfSatisfying(
                        PsrpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private static void run(RunningService running, GoMethod method) throws Exception {
        List<String> topic = method.exampleTopic();
        if (method.kind() == Kind.SUBSCRIPTION) {
            assertThat(running.updateAll(method.wireName(), topic)).isEqualTo(16);
        } else if (topic.isEmpty()) {
            runUnary(running, method);
        } else {
            Registration registration = running.register("register" + method.wireName() + "Topic", topic);
            runUnary(running, method);
            registration.close();
        }
    }

    private static void runUnary(RunningService running, GoMethod method) throws Exception {
        int calls = running.callAll(javaName(method), method.exampleTopic());
        assertThat(calls).isEqualTo(method.routing() == Routing.MULTI ? 5 : 4);
        List<String> handled = running.drainHandled();
        assertThat(Collections.frequency(handled, javaName(method))).isEqualTo(calls);
        assertThat(Collections.frequency(handled, affinityName(method))).isEqualTo(hasAffinity(method) ? calls : 0);
    }

    private static void checkDeclarations(RunningService running, String service, List<GoMethod> methods)
            throws Exception {
        assertThat(running.definition().name()).isEqualTo(service);
        assertThat(running.definition().methods())
                .map(GeneratedCodeRunsTest::described)
                .isEqualTo(methods);
        Set<String> client = new TreeSet<>();
        Set<String> handler = new TreeSet<>();
        for (GoMethod method : methods) {
            if (method.kind() == Kind.SUBSCRIPTION) {
                client.add("subscribe" + method.wireName());
                continue;
            }
            client.add(javaName(method));
            handler.add(javaName(method));
            if (hasAffinity(method)) {
                handler.add(affinityName(method));
            }
        }
        assertThat(running.declared("AsyncClient")).isEqualTo(client);
        client.addAll(Set.of("async", "close", "create"));
        assertThat(running.declared("Client")).isEqualTo(client);
        assertThat(running.declared("Handler")).isEqualTo(handler);
    }

    private static GoMethod described(MethodDefinition<?, ?> method) {
        return new GoMethod(
                method.info().kind(),
                method.info().method(),
                method.info().routing(),
                method.requiresClaim(),
                method.topicNames().stream().map(WireNames::lowerCamelCase).toList());
    }

    /** A handler is asked where a client may choose among several servers. Go's is where there is but one, too. */
    private static boolean hasAffinity(GoMethod method) {
        return method.routing() == Routing.AFFINITY && method.claim();
    }

    private static String affinityName(GoMethod method) {
        return small(method.wireName()) + "Affinity";
    }

    private static String javaName(GoMethod method) {
        return ODD_NAMES.getOrDefault(method.wireName(), small(method.wireName()));
    }

    private static String small(String wireName) {
        return wireName.substring(0, 1).toLowerCase(Locale.ROOT) + wireName.substring(1);
    }
}
