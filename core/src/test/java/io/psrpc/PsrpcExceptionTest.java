package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PsrpcExceptionTest {
    private static final StringValue TEXT = StringValue.of("why");

    @Test
    void isOfThisSideUntilAPeerSaysSo() {
        PsrpcException error = new PsrpcException(ErrorCode.NOT_FOUND, "no such room");

        assertThat(error).hasMessage("no such room").hasNoCause();
        assertThat(error.toString()).isEqualTo("io.psrpc.PsrpcException: not_found: no such room");
        assertThat(error.rawCode()).isEqualTo("not_found");
        assertThat(error.isFromPeer()).isFalse();
        assertThat(error.serverId()).isEmpty();
        assertThat(error.requestId()).isEmpty();
        assertThat(error.details()).isEmpty();
        assertThat(error.getStackTrace()).isNotEmpty();
    }

    @Test
    void codeStandsInForAMissingMessageButNotForAnEmptyOne() {
        assertThat(new PsrpcException(ErrorCode.DATA_LOSS, null)).hasMessage("data_loss");
        assertThat(PsrpcException.ofRawCode("teapot", null)).hasMessage("teapot");
        assertThat(new PsrpcException(ErrorCode.DATA_LOSS, "")).hasMessage("");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void refusesNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> new PsrpcException(null, "m"))
                .withMessage("code");
        assertThatNullPointerException()
                .isThrownBy(() -> PsrpcException.ofRawCode(null, "m"))
                .withMessage("rawCode");
        assertThatNullPointerException()
                .isThrownBy(() -> PsrpcException.from(null))
                .withMessage("failure");
    }

    @Test
    void keepsARawCodeThatIsNotListed() {
        PsrpcException error = PsrpcException.ofRawCode("teapot", "short and stout");

        assertThat(error.code()).isSameAs(ErrorCode.UNKNOWN);
        assertThat(error.rawCode()).isEqualTo("teapot");
        assertThat(error.withDetails(TEXT).rawCode()).isEqualTo("teapot");
    }

    @Test
    void readsListedAndEmptyRawCodes() {
        assertThat(PsrpcException.ofRawCode("aborted", "m").code()).isSameAs(ErrorCode.ABORTED);
        assertThat(PsrpcException.ofRawCode("", "m").rawCode()).isEqualTo("unknown");
    }

    @Test
    void detailsAreFoundByTheirType() {
        Any packed = Any.pack(Int32Value.of(7));
        PsrpcException plain = ErrorCode.INVALID_ARGUMENT.error("no");
        PsrpcException error = plain.withDetails(TEXT, StringValue.of("later"), packed);

        assertThat(plain.details()).isEmpty();
        assertThat(error.details()).containsExactly(Any.pack(TEXT), Any.pack(StringValue.of("later")), packed);
        assertThat(error.detail(StringValue.getDefaultInstance())).contains(TEXT);
        assertThat(error.detail(Int32Value.getDefaultInstance())).contains(Int32Value.of(7));
        assertThat(error.detail(Any.getDefaultInstance())).isEmpty();
        assertThat(error.withDetails().details()).isEmpty();
    }

    @Test
    void anyTypeUrlPrefixWillDoAndAMalformedDetailIsEmpty() {
        Any foreign = Any.newBuilder()
                .setTypeUrl("example.com/types/google.protobuf.StringValue")
                .setValue(TEXT.toByteString())
                .build();
        Any malformed = Any.newBuilder()
                .setTypeUrl("type.googleapis.com/google.protobuf.StringValue")
                .setValue(ByteString.copyFrom(new byte[] {0x0a, 0x7f}))
                .build();
        PsrpcException error = ErrorCode.INTERNAL.error("m");

        assertThat(error.withDetails(foreign).detail(StringValue.getDefaultInstance()))
                .contains(TEXT);
        assertThat(error.withDetails(malformed).detail(StringValue.getDefaultInstance()))
                .isEmpty();
    }

    @Test
    void unwrapsWhatFuturesWrap() {
        PsrpcException error = ErrorCode.ABORTED.error("m");

        assertThat(PsrpcException.from(error)).isSameAs(error);
        assertThat(PsrpcException.from(new CompletionException(new ExecutionException(error))))
                .isSameAs(error);
    }

    @Test
    void cancellationAndInterruptionAreCanceled() {
        for (Exception gaveUp : new Exception[] {new CancellationException("x"), new InterruptedException("x")}) {
            PsrpcException error = PsrpcException.from(new CompletionException(gaveUp));

            assertThat(error).hasMessage("request canceled").hasCause(gaveUp);
            assertThat(error.code()).isSameAs(ErrorCode.CANCELED);
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void foreignFailuresAreUnknownWithTheirMessageOrClass() {
        IllegalStateException foreign = new IllegalStateException("broken");
        PsrpcException error = PsrpcException.from(new ExecutionException(foreign));

        assertThat(error.code()).isSameAs(ErrorCode.UNKNOWN);
        assertThat(error).hasMessage("broken").hasCause(foreign);
        assertThat(PsrpcException.from(new IllegalStateException())).hasMessage("java.lang.IllegalStateException");
        assertThat(PsrpcException.from(new CompletionException("alone", null))).hasMessage("alone");
    }

    @Test
    void survivesSerialization() throws Exception {
        PsrpcException error = PsrpcException.ofRawCode("teapot", "m").withDetails(TEXT);

        PsrpcException copy = (PsrpcException) deserialized(serialized(error));

        assertThat(copy).hasMessage("m");
        assertThat(copy.rawCode()).isEqualTo("teapot");
        assertThat(copy.detail(StringValue.getDefaultInstance())).contains(TEXT);
        assertThat(copy.requestId()).isEmpty();
    }

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
