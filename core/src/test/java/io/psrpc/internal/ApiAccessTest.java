package io.psrpc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiAccessTest {
    private final ApiAccess access = ApiAccess.get();

    @Test
    void isInstalledOnce() {
        assertThat(ApiAccess.get()).isSameAs(access);
        assertThatIllegalStateException().isThrownBy(() -> ApiAccess.install(access));
    }

    @Test
    void peerErrorSaysWhoAnsweredAndHasNoStack() {
        Any detail = Any.pack(StringValue.of("why"));

        PsrpcException error = access.fromPeer("teapot", "m", List.of(detail), "s1", "r1");

        assertThat(error.isFromPeer()).isTrue();
        assertThat(error.code()).isSameAs(ErrorCode.UNKNOWN);
        assertThat(error.rawCode()).isEqualTo("teapot");
        assertThat(error).hasMessage("m").hasNoCause();
        assertThat(error.details()).containsExactly(detail);
        assertThat(error.serverId()).contains("s1");
        assertThat(error.requestId()).contains("r1");
        assertThat(error.getStackTrace()).isEmpty();
    }

    @Test
    void peerErrorWithoutACodeIsUnknown() {
        assertThat(access.fromPeer("", "m", List.of(), "s1", "r1").rawCode()).isEqualTo("unknown");
    }

    @Test
    void localErrorIsOfThisSideAndHasNoStack() {
        Exception cause = new Exception("disk");

        PsrpcException error = access.local(ErrorCode.INTERNAL, "m", cause, "r1");

        assertThat(error.isFromPeer()).isFalse();
        assertThat(error.code()).isSameAs(ErrorCode.INTERNAL);
        assertThat(error).hasMessage("m").hasCause(cause);
        assertThat(error.requestId()).contains("r1");
        assertThat(error.serverId()).isEmpty();
        assertThat(error.getStackTrace()).isEmpty();
        assertThat(access.local(ErrorCode.INTERNAL, "m", null, null).requestId())
                .isEmpty();
    }

    @Test
    void rethrowableIsTheSameErrorWithTheThrowersStack() {
        PsrpcException original = access.fromPeer("teapot", "m", List.of(Any.pack(StringValue.of("why"))), "s1", "r1");

        PsrpcException copy = access.rethrowable(original);

        assertThat(copy).isNotSameAs(original).hasMessage("m").hasNoCause();
        assertThat(copy.rawCode()).isEqualTo("teapot");
        assertThat(copy.details()).isEqualTo(original.details());
        assertThat(copy.isFromPeer()).isTrue();
        assertThat(copy.serverId()).contains("s1");
        assertThat(copy.requestId()).contains("r1");
        assertThat(copy.getStackTrace()).anyMatch(frame -> frame.getClassName().equals(ApiAccessTest.class.getName()));
    }

    @Test
    void rethrowableKeepsTheCause() {
        Exception cause = new Exception("disk");

        assertThat(access.rethrowable(access.local(ErrorCode.INTERNAL, "m", cause, null)))
                .hasCause(cause);
    }
}
