package io.psrpc.interleavings.races;

import java.util.List;

/**
 * One object to which events happen, on several threads.
 *
 * @param <E> the events
 */
public interface Subject<E> {
    void happen(E event);

    /** All of it has happened, in some order; throws where something does not hold. */
    void check(List<E> happened);
}
