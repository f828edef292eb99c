package com.example.dispatcher;

import com.example.jobs.Job;
import com.example.jobs.JobStarted;
import com.example.jobs.Refusal;
import com.example.jobs.WorkersClient;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Selection;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import java.time.Duration;
import java.util.Map;

/** Three workers and two tenants on buses of their own, as in as many processes, and where the jobs go. */
public final class JobDispatcher {
    private static final Map<String, String> TENANTS = Map.of("s3cret", "acme", "pa55", "globex");
    /** Bids may take so long. Whoever is expected to bid is waited for, and no longer than until all of them have. */
    private static final Selection PATIENT = Selection.DEFAULT.withShortCircuit(Duration.ofSeconds(1));

    private JobDispatcher() {}

    /** Dispatches jobs, prints where they went, ends. */
    public static void main(String[] args) {
        LocalBroker broker = LocalBroker.create();
        Worker small = new Worker("small", 2);
        try (MessageBus first = process(broker, new Worker("large", 8));
                MessageBus second = process(broker, new Worker("medium", 4));
                MessageBus third = process(broker, small);
                MessageBus bus = MessageBus.over(broker.transport(), BusOptions.DEFAULT);
                WorkersClient acme = client(bus, "s3cret");
                WorkersClient globex = client(bus, "pa55");
                WorkersClient stranger = client(bus, "guess")) {
            Dispatcher dispatcher = new Dispatcher(acme);
            dispatch(dispatcher);
            choose(dispatcher);
            refuse(dispatcher, new Dispatcher(globex), new Dispatcher(stranger));
            leave(dispatcher, small);
        }
        System.out.println();
        System.out.println("Workers come and go: the dispatcher knows of them by their bids alone.");
    }

    private static MessageBus process(LocalBroker broker, Worker worker) {
        MessageBus bus = MessageBus.over(broker.transport(), BusOptions.DEFAULT);
        worker.start(bus, TENANTS);
        return bus;
    }

    private static WorkersClient client(MessageBus bus, String token) {
        ClientOptions options = ClientOptions.builder()
                .selection(PATIENT)
                .interceptor(
                        new Timing((call, took) -> print(call.method().method() + " took " + took.toMillis() + " ms")))
                .interceptor(Tenants.sending(token))
                .build();
        return WorkersClient.create(bus, options);
    }

    private static void dispatch(Dispatcher dispatcher) {
        title("The worker with the most free cores gets the job");
        print(dispatcher.start(job("a", 3)));
        print(dispatcher.start(job("b", 3)));
        print(dispatcher.start(job("c", 3)));

        title("All say that they are too busy");
        failing(() -> dispatcher.start(job("d", 3)));

        title("A job ends, on the worker that runs it");
        print("large has " + dispatcher.stop("large", "a").getFreeCores() + " free cores again");
        print(dispatcher.start(job("d", 3)));
    }

    private static void choose(Dispatcher dispatcher) {
        title("Only to a worker with 4 free cores");
        failing(() -> dispatcher.startWithRoom(job("e", 1), 4, 6));

        title("To the fullest worker with room for it");
        print(dispatcher.startWhereItFits(job("e", 1)));

        title("Not to the worker that runs the twin");
        print(dispatcher.startElsewhere(job("f", 2), "large"));
    }

    private static void refuse(Dispatcher acme, Dispatcher globex, Dispatcher stranger) {
        title("What is wrong with a job, for programs to read");
        failing(() -> acme.start(Job.getDefaultInstance()));

        title("Who may not do that");
        failing(() -> stranger.start(job("g", 1)));
        failing(() -> globex.stop("large", "b"));
    }

    private static void leave(Dispatcher dispatcher, Worker worker) {
        title("A worker stays silent: the first call waits for it, those after it do not");
        dispatcher.stop("small", "f");
        worker.leave();
        print(dispatcher.start(job("h", 1)));
        print(dispatcher.start(job("i", 1)));
    }

    private static void failing(Runnable call) {
        try {
            call.run();
        } catch (PsrpcException e) {
            print(e.code() + " from " + e.serverId().orElse("here") + ": " + e.getMessage());
            e.detail(Refusal.getDefaultInstance())
                    .ifPresent(refusal -> refusal.getFieldsList()
                            .forEach(field -> print("  " + field.getName() + ": '" + field.getValue() + "' (expected: "
                                    + field.getExpected() + ")")));
        }
    }

    private static Job job(String id, int cores) {
        return Job.newBuilder().setId(id).setCores(cores).build();
    }

    private static void print(JobStarted started) {
        print("to " + started.getWorker() + ", which has " + started.getFreeCores() + " free cores left");
    }

    private static void title(String text) {
        System.out.println();
        System.out.println(text);
    }

    private static void print(String text) {
        System.out.println("  " + text);
    }
}
