package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.Registration;
import io.psrpc.RequestContext;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.ServiceDefinition;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A generated server and a generated client of it on one bus. Called by reflection, since the cases have no names in common; the handler
 * answers everything with an empty message.
 */
final class RunningService implements AutoCloseable {
    private final GeneratedClasses classes;
    private final String prefix;
    private final MessageBus bus;
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable RequestContext context;
    private final AutoCloseable server;
    private final AutoCloseable client;
    private final Object asyncClient;

    /**
     * Starts it.
     *
     * @param prefix what the names of its generated classes start with, package and all
     */
    RunningService(GeneratedClasses classes, String prefix, MessageBus bus) throws Exception {
        this.classes = classes;
        this.prefix = prefix;
        this.bus = bus;
        Class<?> handlerClass = generated("Handler");
        Object handler = Proxy.newProxyInstance(
                handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                    handled.add(method.getName());
                    context = (RequestContext) arguments[0];
                    return method.getReturnType() == float.class ? 1f : empty(method.getReturnType());
                });
        server = (AutoCloseable) generated("Server")
                .getMethod("start", MessageBus.class, handlerClass)
                .invoke(null, bus, handler);
        client = (AutoCloseable) create("Client");
        asyncClient = generated("Client").getMethod("async").invoke(client);
    }

    ServiceDefinition definition() throws Exception {
        return (ServiceDefinition) generated("Methods").getField("SERVICE").get(null);
    }

    /** The names of the methods that a generated interface declares. */
    Set<String> declared(String suffix) throws Exception {
        return Arrays.stream(generated(suffix).getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The handler's methods that were called since the last time, in order. */
    List<String> drainHandled() {
        List<String> copy = List.copyOf(handled);
        handled.clear();
        return copy;
    }

    Registration register(String name, List<String> topic) throws Exception {
        return (Registration) invoke(server, onlyOne(generated("Server"), name), topic);
    }

    /** Calls every form of a method, blocking and async; returns how many those are. */
    int callAll(String name, List<String> topic) throws Exception {
        List<Method> blocking = forms(generated("Client"), name);
        List<Method> async = forms(generated("AsyncClient"), name);
        for (Method form : blocking) {
            checkAnswer(invoke(client, form, topic));
            checkTopic(form, topic);
        }
        for (Method form : async) {
            checkAnswer(((CompletableFuture<?>) invoke(asyncClient, form, topic)).get());
        }
        return blocking.size() + async.size();
    }

    /** Receives through every form of a subscription what every way of publishing sends; returns how many updates that were. */
    int updateAll(String wireName, List<String> topic) throws Exception {
        int updates = 0;
        for (Method form : forms(generated("Client"), "subscribe" + wireName)) {
            try (Subscription<?> subscription = (Subscription<?>) invoke(client, form, topic)) {
                for (Object update : publishAll(wireName, topic)) {
                    assertThat(subscription.next().orElseThrow()).isEqualTo(update);
                    updates++;
                }
            }
        }
        for (Method form : forms(generated("AsyncClient"), "subscribe" + wireName)) {
            BlockingQueue<Object> received = new LinkedBlockingQueue<>();
            SubscriptionListener<Object> listener = received::add;
            CompletableFuture<?> subscribed = (CompletableFuture<?>) invoke(asyncClient, form, topic, listener);
            Registration registration = (Registration) subscribed.get();
            for (Object update : publishAll(wireName, topic)) {
                assertThat(received.take()).isEqualTo(update);
                updates++;
            }
            registration.close();
        }
        return updates;
    }

    private List<Object> publishAll(String wireName, List<String> topic) throws Exception {
        List<Object> updates = new ArrayList<>();
        try (AutoCloseable publisher = (AutoCloseable) create("Publisher")) {
            for (AutoCloseable from : List.of(server, publisher)) {
                Method publish = onlyOne(generated("Publisher"), "publish" + wireName);
                invoke(from, publish, topic);
                Method publishAsync = onlyOne(generated("Publisher"), "publish" + wireName + "Async");
                ((CompletableFuture<?>) invoke(from, publishAsync, topic)).get();
                Object update = empty(publish.getParameterTypes()[publish.getParameterCount() - 1]);
                updates.addAll(List.of(update, update));
            }
        }
        return updates;
    }

    private static void checkAnswer(Object result) {
        if (result instanceof Responses<?> responses) {
            try (responses) {
                checkAnswer(responses.toList());
            }
        } else if (result instanceof List<?> answers) {
            assertThat(answers).hasSize(1);
            Response<?> answer = (Response<?>) answers.get(0);
            assertThat(answer.value().orElseThrow()).isInstanceOf(Message.class);
        } else {
            assertThat(result).isInstanceOf(Message.class);
        }
    }

    /** What a handler is told of the topic is what the caller gave, in the record too where there is one. */
    private void checkTopic(Method form, List<String> topic) throws Exception {
        RequestContext seen = Optional.ofNullable(context).orElseThrow();
        assertThat(seen.topic().parts()).isEqualTo(topic);
        Class<?> first = form.getParameterTypes()[0];
        if (first.isRecord()) {
            assertThat(first.getMethod("of", RequestContext.class).invoke(null, seen))
                    .isEqualTo(topicRecord(first, topic));
        }
    }

    /** Calls with an argument of each parameter's kind. */
    private static Object invoke(Object target, Method form, List<String> topic, Object... others) throws Exception {
        Deque<String> parts = new ArrayDeque<>(topic);
        List<Object> arguments = new ArrayList<>();
        for (Class<?> type : form.getParameterTypes()) {
            if (type == String.class) {
                arguments.add(parts.remove());
            } else if (type.isRecord()) {
                arguments.add(topicRecord(type, topic));
            } else if (type == CallOptions.class) {
                arguments.add(CallOptions.DEFAULT);
            } else if (type == SubscriptionOptions.class) {
                arguments.add(SubscriptionOptions.DEFAULT);
            } else if (type == SubscriptionListener.class) {
                arguments.add(others[0]);
            } else if (type == Consumer.class) {
                Consumer<Object> ignoring = answer -> {};
                arguments.add(ignoring);
            } else {
                arguments.add(empty(type));
            }
        }
        return form.invoke(target, arguments.toArray());
    }

    private static Object topicRecord(Class<?> type, List<String> topic) throws ReflectiveOperationException {
        return type.getDeclaredConstructors()[0].newInstance(topic.toArray());
    }

    private static Object empty(Class<?> message) throws ReflectiveOperationException {
        return message.getMethod("getDefaultInstance").invoke(null);
    }

    private static List<Method> forms(Class<?> type, String name) {
        List<Method> forms = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        assertThat(forms).as(type.getSimpleName() + "." + name).hasSizeGreaterThan(1);
        return forms;
    }

    private static Method onlyOne(Class<?> type, String name) {
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        assertThat(methods).as(type.getSimpleName() + "." + name).hasSize(1);
        return methods.get(0);
    }

    private Object create(String suffix) throws ReflectiveOperationException {
        return generated(suffix).getMethod("create", MessageBus.class).invoke(null, bus);
    }

    private Class<?> generated(String suffix) throws ClassNotFoundException {
        return classes.load(prefix + suffix);
    }

    @Override
    public void close() {
        close(client);
        close(server);
    }

    private static void close(AutoCloseable generated) {
        try {
            generated.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
