package io.psrpc.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.PsrpcException;
import io.psrpc.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingTest {
    private static final StringValue TEXT = StringValue.getDefaultInstance();
    private static final Int32Value NUMBER = Int32Value.getDefaultInstance();
    private static final MethodDefinition<StringValue, Int32Value> LENGTH =
            MethodDefinition.unary("Fleet", "Length", TEXT, NUMBER).build();
    private static final MethodDefinition<StringValue, Int32Value> RUN_JOB = MethodDefinition.unary(
                    "Fleet", "RunJob", TEXT, NUMBER)
            .routing(Routing.AFFINITY)
            .topics("region", "rack")
            .build();

    private final Binding.UnaryHandler<StringValue, Int32Value> length =
            (ctx, text) -> Int32Value.of(text.getValue().length());

    @Test
    @SuppressWarnings("NullAway") // the handler looks at no context
    void bindsAHandler() throws Exception {
        Binding binding = Binding.unary(LENGTH, Topic.NONE, length);

        assertThat(binding.method()).isSameAs(LENGTH);
        assertThat(binding.topic()).isSameAs(Topic.NONE);
        assertThat(binding.affinity()).isEmpty();
        assertThat(binding.handler().handle(null, StringValue.of("abc"))).isEqualTo(Int32Value.of(3));
    }

    @Test
    @SuppressWarnings("NullAway") // the function looks at no context
    void bindsAnAffinityFunction() throws Exception {
        Binding binding = Binding.unary(RUN_JOB, Topic.of("eu", "r7"), length, (ctx, text) -> 0.5f);

        assertThat(binding.topic()).isEqualTo(Topic.of("eu", "r7"));
        assertThat(binding.affinity().orElseThrow().of(null, TEXT)).isEqualTo(0.5f);
    }

    @ParameterizedTest
    @CsvSource({"QUEUE, false", "QUEUE, true", "MULTI, false", "AFFINITY, true"})
    void refusesAnAffinityFunctionThatIsNeverAsked(Routing routing, boolean singleServer) {
        var builder = MethodDefinition.unary("Fleet", "Length", TEXT, NUMBER).routing(routing);
        var method = (singleServer ? builder.singleServer() : builder).build();

        assertThatExceptionOfType(PsrpcException.class)
                .isThrownBy(() -> Binding.unary(method, Topic.NONE, length, (ctx, text) -> 1))
                .withMessageContaining("Fleet.Length")
                .satisfies(error -> assertThat(error.code()).isSameAs(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void refusesATopicThatDoesNotSuitTheMethod() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binding.unary(RUN_JOB, Topic.of("eu"), length))
                .withMessage("topic: [eu] for Fleet.RunJob (expected: a part for each of [region, rack])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binding.unary(RUN_JOB, Topic.NONE, length, (ctx, text) -> 1))
                .withMessage("topic: [] for Fleet.RunJob (expected: a part for each of [region, rack])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binding.unary(LENGTH, Topic.of("eu"), length))
                .withMessage("topic: [eu] for Fleet.Length (expected: Topic.NONE)");
    }

    @Test
    void refusesAHandlerForASubscription() {
        var updates = MethodDefinition.subscription("Fleet", "Loads", NUMBER).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binding.unary(updates, Topic.NONE, (ctx, number) -> number))
                .withMessage("method: Fleet.Loads, a subscription (expected: a unary method)");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void refusesNullByItsName() {
        assertThatNullPointerException()
                .isThrownBy(() -> Binding.unary(LENGTH, Topic.NONE, null))
                .withMessage("handler");
        assertThatNullPointerException()
                .isThrownBy(() -> Binding.unary(RUN_JOB, Topic.of("eu", "r7"), length, null))
                .withMessage("affinity");
        assertThatNullPointerException()
                .isThrownBy(() -> Binding.unary(LENGTH, null, length))
                .withMessage("topic");
    }
}
