package io.psrpc.internal.bus;

import java.util.function.Function;

/**
 * Something of which each bus has one, made when it is first asked for: memory that all its clients or servers share. The packages
 * that use such a thing declare it as a constant, so that the bus need not know them.
 */
public final class Shared<T> {
    private final Function<EngineBus, T> maker;

    private Shared(Function<EngineBus, T> maker) {
        this.maker = maker;
    }

    /** Made by {@code maker}, once per bus. */
    public static <T> Shared<T> madeBy(Function<EngineBus, T> maker) {
        return new Shared<>(maker);
    }

    T make(EngineBus bus) {
        return maker.apply(bus);
    }
}
