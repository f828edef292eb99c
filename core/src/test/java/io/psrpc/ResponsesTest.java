package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.psrpc.Response.Failure;
import io.psrpc.Response.Success;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResponsesTest {
    private final Response<String> good = new Success<>("s1", "a");
    private final PsrpcException cause = ErrorCode.INTERNAL.error("foo");
    private final Response<String> bad = new Failure<>("s2", cause);
    private final Responses<String> responses = Responses.of(good, bad);

    @Test
    void successHasAMessage() {
        assertThat(good.serverId()).isEqualTo("s1");
        assertThat(good.orThrow()).isEqualTo("a");
        assertThat(good.value()).contains("a");
        assertThat(good.error()).isEmpty();
    }

    @Test
    void failureThrowsACopyOfItsCause() {
        assertThat(bad.value()).isEmpty();
        assertThat(bad.error()).containsSame(cause);
        assertThatExceptionOfType(PsrpcException.class)
                .isThrownBy(bad::orThrow)
                .withMessage("foo")
                .satisfies(thrown -> {
                    assertThat(thrown).isNotSameAs(cause);
                    assertThat(thrown.code()).isSameAs(ErrorCode.INTERNAL);
                });
    }

    @Test
    void answersComeInOrderThenTheEnd() {
        assertThat(responses.next()).contains(good);
        assertThat(responses.next(Duration.ofSeconds(1))).contains(bad);
        assertThatIllegalStateException()
                .isThrownBy(responses::end)
                .withMessage("end: not known yet (expected: after next() was empty)");

        assertThat(responses.next()).isEmpty();
        assertThat(responses.end()).isSameAs(Responses.End.EVERYONE_ANSWERED);
        responses.close();
        assertThat(responses.end()).isSameAs(Responses.End.EVERYONE_ANSWERED);
    }

    @Test
    void noAnswersMeanThatNobodyIsThere() {
        Responses<String> none = Responses.of();

        assertThat(none.toList()).isEmpty();
        assertThat(none.end()).isSameAs(Responses.End.NOBODY_THERE);
    }

    @Test
    void closingEndsIt() {
        responses.next();
        responses.close();
        responses.close();

        assertThat(responses.next()).isEmpty();
        assertThat(responses.end()).isSameAs(Responses.End.CLOSED);
    }

    @Test
    void thereIsOnePass() {
        List<String> servers = new ArrayList<>();
        for (Response<String> response : responses) {
            servers.add(response.serverId());
        }

        assertThat(servers).containsExactly("s1", "s2");
        assertThat(responses.end()).isSameAs(Responses.End.EVERYONE_ANSWERED);
        assertThatIllegalStateException().isThrownBy(responses::iterator);
        assertThatIllegalStateException().isThrownBy(responses::stream);
    }

    @Test
    void streamTakesTheAnswersAndClosesTheCall() {
        try (Stream<Response<String>> stream = responses.stream()) {
            assertThat(stream.findFirst()).contains(good);
        }

        assertThat(responses.toList()).isEmpty();
        assertThat(responses.end()).isSameAs(Responses.End.CLOSED);
    }

    @Test
    void listHasWhatIsLeft() {
        responses.next();

        assertThat(responses.toList()).containsExactly(bad);
        assertThat(responses.toList()).isEmpty();
    }
}
