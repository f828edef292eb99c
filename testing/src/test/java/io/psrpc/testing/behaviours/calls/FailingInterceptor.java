package io.psrpc.testing.behaviours.calls;

import com.google.protobuf.Message;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Throws at one point of a call's way.
 *
 * @param failure unchecked
 */
record FailingInterceptor(Point point, Throwable failure) implements ClientInterceptor {
    enum Point {
        ON_THE_WAY_IN,
        ONCE_PASSED_ON,
        AT_AN_ANSWER,
        /** Of a multi call. */
        AT_THE_END
    }

    private void at(Point reached) {
        if (reached != point) {
            return;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    @Override
    public CompletionStage<Message> unary(ClientCall call, Next next) {
        at(Point.ON_THE_WAY_IN);
        CompletionStage<Message> answer = next.proceed(call);
        at(Point.ONCE_PASSED_ON);
        return answer.whenComplete((message, failed) -> at(Point.AT_AN_ANSWER));
    }

    @Override
    public void multi(ClientCall call, MultiObserver answers, MultiNext next) {
        at(Point.ON_THE_WAY_IN);
        next.proceed(call, new MultiObserver() {
            @Override
            public void onResponse(Response<Message> response) {
                at(Point.AT_AN_ANSWER);
                answers.onResponse(response);
            }

            @Override
            public void onEnd(@Nullable PsrpcException failed) {
                at(Point.AT_THE_END);
                answers.onEnd(failed);
            }
        });
        at(Point.ONCE_PASSED_ON);
    }
}
