package io.psrpc.testing.behaviours.servers;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The scenes that a test's {@link OnEveryBus} asks for. JUnit closes them. */
final class Scenes implements ArgumentsProvider {
    Scenes() {}

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        OnEveryBus asked = context.getRequiredTestMethod().getAnnotation(OnEveryBus.class);
        return Arrays.stream(asked.networks())
                .flatMap(network -> asked.flavours().length == 0
                        ? Stream.of(Arguments.of(new Scene(network)))
                        : Arrays.stream(asked.flavours()).map(flavour -> Arguments.of(new Scene(network, flavour))));
    }
}
