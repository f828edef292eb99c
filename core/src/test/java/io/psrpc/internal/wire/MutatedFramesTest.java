package io.psrpc.internal.wire;

import io.psrpc.behaviours.Rows;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fixed number of random changes to the inputs that {@link WireFuzzTest} keeps: what fuzzing every build can have. */
@Rows("B20")
class MutatedFramesTest {
    private static final int MUTATIONS = 40_000;

    static Stream<Arguments> decoders() {
        return Stream.of(
                decoder("envelope", ProtobufOracle::checkEnvelope),
                decoder("request", ProtobufOracle::checkRequest),
                decoder("response", ProtobufOracle::checkResponse),
                decoder("bid", ProtobufOracle::checkBid),
                decoder("grant", ProtobufOracle::checkGrant),
                decoder("gzip", GzipOracle::check));
    }

    private static Arguments decoder(String name, Consumer<byte[]> oracle) {
        return Arguments.of(name, oracle);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void mutatedFramesAreReadAsTheOracleReadsThem(String decoder, Consumer<byte[]> oracle) throws Exception {
        Mutator mutator = new Mutator(20_261_103, inputs(decoder));
        for (int i = 0; i < MUTATIONS; i++) {
            oracle.accept(mutator.next());
        }
    }

    private static List<byte[]> inputs(String decoder) throws IOException, URISyntaxException {
        Path folder =
                Path.of(Objects.requireNonNull(MutatedFramesTest.class.getResource("WireFuzzTestInputs/" + decoder))
                        .toURI());
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }
}
