package io.psrpc.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures calls within this process: those of a queue method, those of a single server's, and grpc-java's. */
public final class InProcess {
    private static final int SETTLING_IN_FLIGHT = 64;

    private final Settings settings;
    private final Report report;

    private InProcess(Settings settings) {
        this.settings = settings;
        this.report = new Report(settings, System.out);
    }

    /** Runs the cells that the arguments ask for; {@code --help} says which there are. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Settings.USAGE);
            return;
        }
        new InProcess(new Settings(arguments)).run();
        // Threads that a contender leaves idle for a minute are no reason to wait.
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        report.begin();
        List<List<Contender>> contenders = new ArrayList<>();
        for (Executors executors : settings.executors()) {
            contenders.add(contenders(executors));
        }
        settle(contenders);
        for (int i = 0; i < contenders.size(); i++) {
            measure(settings.executors().get(i), contenders.get(i));
        }
        contenders.forEach(beside -> beside.forEach(Contender::close));
        var json = settings.json();
        if (json != null) {
            report.writeJson(json);
        }
    }

    private List<Contender> contenders(Executors executors) {
        List<Contender> all = List.of(
                PsrpcContender.queue(executors),
                PsrpcContender.single(executors),
                GrpcContender.start(executors, settings.hasGrpcDeadlines()));
        List<Contender> chosen = new ArrayList<>();
        for (Contender contender : all) {
            if (contender.name().contains(settings.only())) {
                chosen.add(contender);
            } else {
                contender.close();
            }
        }
        return chosen;
    }

    /** The compiler should have seen all of them before the first is measured. */
    private void settle(List<List<Contender>> contenders) throws InterruptedException {
        for (int i = 0; i < contenders.size(); i++) {
            for (Callers callers : settings.callers()) {
                for (Contender contender : contenders.get(i)) {
                    Cell cell = new Cell(contender.name(), settings.executors().get(i), callers, SETTLING_IN_FLIGHT);
                    Load.run(contender, cell, 0, settings.warmUpMillis());
                }
            }
        }
    }

    private void measure(Executors executors, List<Contender> contenders) throws InterruptedException {
        for (Callers callers : settings.callers()) {
            for (int inFlight : settings.inFlight()) {
                List<Result> beside = new ArrayList<>();
                for (Contender contender : contenders) {
                    Cell cell = new Cell(contender.name(), executors, callers, inFlight);
                    beside.add(Load.run(contender, cell, settings.warmUpMillis(), settings.millis()));
                }
                report.add(beside);
            }
        }
    }
}
