package io.psrpc.testing.behaviours.calls;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The scenes of a test, each made when its turn comes. */
final class Scenes implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        OnEveryBus where = context.getRequiredTestMethod().getAnnotation(OnEveryBus.class);
        return Stream.of(where.networks())
                .flatMap(network ->
                        Stream.of(where.flavours()).map(flavour -> Arguments.of(new Scene(network, flavour))));
    }
}
