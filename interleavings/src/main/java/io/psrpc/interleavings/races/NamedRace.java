package io.psrpc.interleavings.races;

import java.util.function.Supplier;

/**
 * A race that can be run again and again.
 *
 * @param machine what it happens to
 * @param events what happens, by thread
 * @param races makes a new one
 */
public record NamedRace(String machine, String events, Supplier<Race> races) {
    @Override
    public String toString() {
        return machine + " " + events;
    }
}
