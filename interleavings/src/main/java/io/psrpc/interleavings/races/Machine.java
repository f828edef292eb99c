package io.psrpc.interleavings.races;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A state machine of the engine in one situation, and everything that may happen to it there.
 *
 * @param <E> the events
 */
public final class Machine<E> {
    private final String name;
    private final List<E> events;
    private final Supplier<? extends Subject<E>> subjects;

    Machine(String name, List<E> events, Supplier<? extends Subject<E>> subjects) {
        this.name = name;
        this.events = events;
        this.subjects = subjects;
    }

    /** What it is, for messages: {@code "call, granted"}. */
    public String name() {
        return name;
    }

    /** Every event against every other, and against itself. */
    public List<NamedRace> pairs() {
        List<NamedRace> pairs = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            for (int j = i; j < events.size(); j++) {
                pairs.add(race(List.of(List.of(events.get(i)), List.of(events.get(j)))));
            }
        }
        return pairs;
    }

    /** Two threads with two or three events each, or three with one or two. */
    public NamedRace drawn(Random random) {
        int threads = 2 + random.nextInt(2);
        List<List<E>> sides = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int length = 4 - threads + random.nextInt(2);
            List<E> side = new ArrayList<>();
            for (int j = 0; j < length; j++) {
                side.add(events.get(random.nextInt(events.size())));
            }
            sides.add(List.copyOf(side));
        }
        return race(sides);
    }

    private NamedRace race(List<List<E>> sides) {
        return new NamedRace(name, sides.toString(), () -> new SubjectRace<>(subjects.get(), sides));
    }

    private record SubjectRace<E>(Subject<E> subject, List<List<E>> events) implements Race {
        @Override
        public List<Runnable> sides() {
            return events.stream()
                    .map(side -> (Runnable) () -> side.forEach(subject::happen))
                    .toList();
        }

        @Override
        public void check() {
            subject.check(events.stream().flatMap(List::stream).toList());
        }
    }
}
