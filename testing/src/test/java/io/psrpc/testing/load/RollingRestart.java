package io.psrpc.testing.load;

import com.google.protobuf.Int64Value;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Three servers of a queue method, each a process of its own on one broker, restarted in turn while clients call. */
final class RollingRestart {
    private static final int SERVERS = 3;
    private static final int RESTARTS_EACH = 10;
    private static final int IN_FLIGHT = 64;
    private static final int BLOCKING_CALLERS = 4;

    private final LocalBroker broker = LocalBroker.create();
    private final LongAdder[] served = new LongAdder[SERVERS];
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean isOver = new AtomicBoolean();

    public static void main(String[] args) throws InterruptedException {
        System.exit(new RollingRestart().run() == 0 ? 0 : 1);
    }

    private long run() throws InterruptedException {
        for (int i = 0; i < SERVERS; i++) {
            served[i] = new LongAdder();
        }
        try (MessageBus bus = MessageBus.over(broker.transport(), BusOptions.DEFAULT);
                RpcClient client = RpcClient.create(bus, LoadService.SERVICE, ClientOptions.DEFAULT)) {
            List<Member> processes = new ArrayList<>();
            for (int i = 0; i < SERVERS; i++) {
                processes.add(start(i));
            }
            List<Thread> callers = startCallers(client);
            for (int round = 0; round < RESTARTS_EACH * SERVERS; round++) {
                awaitCalls(calls.sum() + 5_000);
                int number = round % SERVERS;
                processes.get(number).close();
                processes.set(number, start(number));
            }
            isOver.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            processes.forEach(Member::close);
        }
        print();
        return failures.sum();
    }

    private void print() {
        System.out.printf("calls: %,d%n", calls.sum());
        System.out.printf("restarts: %d%n", RESTARTS_EACH * SERVERS);
        System.out.printf("failures: %,d%n", failures.sum());
        for (int i = 0; i < SERVERS; i++) {
            System.out.printf("server %d answered %,d%n", i, served[i].sum());
        }
    }

    /** A bus of its own, as a process has. */
    private record Member(MessageBus bus, RpcServer server) {
        void close() {
            server.close();
            bus.close();
        }
    }

    private Member start(int number) {
        MessageBus bus = MessageBus.over(broker.transport(), BusOptions.DEFAULT);
        RpcServer server = RpcServer.create(bus, LoadService.SERVICE, ServerOptions.DEFAULT);
        server.register(Binding.unary(LoadService.QUEUE, Topic.NONE, (ctx, request) -> {
            served[number].increment();
            return request;
        }));
        return new Member(bus, server);
    }

    private List<Thread> startCallers(RpcClient client) {
        List<Thread> callers = new ArrayList<>();
        callers.add(new Thread(() -> callAsync(client)));
        for (int i = 0; i < BLOCKING_CALLERS; i++) {
            callers.add(new Thread(() -> callBlocking(client)));
        }
        callers.forEach(Thread::start);
        return callers;
    }

    private void callAsync(RpcClient client) {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        while (!isOver.get()) {
            inFlight.acquireUninterruptibly();
            long number = numbers.incrementAndGet();
            client.requestAsync(LoadService.QUEUE, Topic.NONE, Int64Value.of(number), CallOptions.DEFAULT)
                    .whenComplete((answer, failure) -> {
                        ended(number, answer, failure);
                        inFlight.release();
                    });
        }
        inFlight.acquireUninterruptibly(IN_FLIGHT);
    }

    private void callBlocking(RpcClient client) {
        while (!isOver.get()) {
            long number = numbers.incrementAndGet();
            try {
                Int64Value answer =
                        client.request(LoadService.QUEUE, Topic.NONE, Int64Value.of(number), CallOptions.DEFAULT);
                ended(number, answer, null);
            } catch (RuntimeException e) {
                ended(number, Int64Value.getDefaultInstance(), e);
            }
        }
    }

    private void ended(long number, Int64Value answer, @Nullable Throwable failure) {
        calls.increment();
        if (failure != null || answer.getValue() != number) {
            failures.increment();
            System.err.println("call " + number + ": " + (failure == null ? "answer " + answer : failure));
        }
        synchronized (this) {
            notifyAll();
        }
    }

    private synchronized void awaitCalls(long target) throws InterruptedException {
        while (calls.sum() < target) {
            wait();
        }
    }
}
