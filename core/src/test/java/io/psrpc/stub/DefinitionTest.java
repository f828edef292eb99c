package io.psrpc.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo;
import io.psrpc.MethodInfo.Kind;
import io.psrpc.MethodInfo.Routing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
    private static final StringValue TEXT = StringValue.getDefaultInstance();
    private static final Int32Value NUMBER = Int32Value.getDefaultInstance();

    @Test
    void unaryMethodHasDefaults() {
        MethodDefinition<StringValue, Int32Value> method =
                MethodDefinition.unary("Fleet", "Hello", TEXT, NUMBER).build();

        assertThat(method.info()).isEqualTo(new MethodInfo("Fleet", "Hello", Kind.UNARY, Routing.QUEUE));
        assertThat(method.request()).isSameAs(TEXT);
        assertThat(method.response()).isSameAs(NUMBER);
        assertThat(method.topicNames()).isEmpty();
        assertThat(method.isSingleServer()).isFalse();
        assertThat(method).hasToString("Fleet.Hello");
    }

    @Test
    void subscriptionHasOnePrototype() {
        MethodDefinition<Int32Value, Int32Value> method = MethodDefinition.subscription("Fleet", "Loads", NUMBER)
                .routing(Routing.MULTI)
                .topics("region", "rack")
                .build();

        assertThat(method.info()).isEqualTo(new MethodInfo("Fleet", "Loads", Kind.SUBSCRIPTION, Routing.MULTI));
        assertThat(method.request()).isSameAs(NUMBER).isSameAs(method.response());
        assertThat(method.topicNames()).containsExactly("region", "rack");
        assertThat(method.requiresClaim()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE, false, true",
        "AFFINITY, false, true",
        "MULTI, false, false",
        "QUEUE, true, false",
        "AFFINITY, true, false",
        "MULTI, true, false",
    })
    void claimsAreForUnaryMethodsWithAChoice(Routing routing, boolean singleServer, boolean claim) {
        var builder = MethodDefinition.unary("Fleet", "Hello", TEXT, NUMBER).routing(routing);
        if (singleServer) {
            builder.singleServer();
        }

        assertThat(builder.build().requiresClaim()).isEqualTo(claim);
        assertThat(builder.build().isSingleServer()).isEqualTo(singleServer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "a|b", "a*", ">", "a\tb", "a\u0000b", "a\u00a0b"})
    void namesAreOnePartOnEveryBroker(String name) {
        String expected = ": " + name + " (expected: a name without whitespace, control characters and any of .|*>)";

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MethodDefinition.unary("Fleet", name, TEXT, NUMBER).build())
                .withMessage("method" + expected);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MethodDefinition.unary(name, "Hello", TEXT, NUMBER).build())
                .withMessage("service" + expected);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceDefinition.of(GeneratedCode.VERSION_1, name))
                .withMessage("name" + expected);
    }

    @Test
    void topicNamesAreNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MethodDefinition.unary("Fleet", "Hello", TEXT, NUMBER)
                        .topics("region", "")
                        .build())
                .withMessage("topics: [region, ] (expected: no empty name)");
    }

    @Test
    void serviceHoldsItsMethods() {
        var hello = MethodDefinition.unary("Fleet", "Hello", TEXT, NUMBER).build();
        var loads = MethodDefinition.subscription("Fleet", "Loads", NUMBER).build();

        ServiceDefinition service = ServiceDefinition.of(GeneratedCode.VERSION_1, "Fleet", hello, loads);

        assertThat(service.name()).isEqualTo("Fleet");
        assertThat(service.methods()).containsExactly(hello, loads).isUnmodifiable();
    }

    @Test
    void serviceRefusesForeignAndDoubleMethods() {
        var hello = MethodDefinition.unary("Fleet", "Hello", TEXT, NUMBER).build();
        var twin = MethodDefinition.subscription("Fleet", "Hello", NUMBER).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceDefinition.of(GeneratedCode.VERSION_1, "Chat", hello))
                .withMessage("methods: Fleet.Hello (expected: methods of Chat)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceDefinition.of(GeneratedCode.VERSION_1, "Fleet", hello, twin))
                .withMessage("methods: Fleet.Hello twice (expected: one of each name)");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void refusesNullByItsName() {
        var hello = MethodDefinition.unary("Fleet", "Hello", TEXT, NUMBER).build();

        assertThatNullPointerException()
                .isThrownBy(() -> ServiceDefinition.of(null, "Fleet", hello))
                .withMessage("version");
    }
}
