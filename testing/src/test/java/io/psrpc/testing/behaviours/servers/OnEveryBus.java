package io.psrpc.testing.behaviours.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A test of a {@link Scene}, once for each network and flavour. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(Scenes.class)
@interface OnEveryBus {
    /** On these alone. */
    Network[] networks() default {Network.LOCAL, Network.REDIS_LIKE, Network.NATS_LIKE};

    /** In these alone; none: the test itself says how it calls. */
    Flavour[] flavours() default {Flavour.BLOCKING, Flavour.ASYNC};
}
