package io.psrpc.testing.behaviours.calls;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes a call on its way out, and the text of each answer on its way back. */
record ChangingInterceptor(UnaryOperator<ClientCall> call, UnaryOperator<String> answer) implements ClientInterceptor {
    /** Changes what the call does differently alone. */
    static ChangingInterceptor options(UnaryOperator<CallOptions> change) {
        return new ChangingInterceptor(call -> call.withOptions(change.apply(call.options())), text -> text);
    }

    private Message changed(Message message) {
        return Trial.text(answer.apply(((StringValue) message).getValue()));
    }

    @Override
    public CompletionStage<Message> unary(ClientCall call, Next next) {
        return next.proceed(this.call.apply(call)).thenApply(this::changed);
    }

    @Override
    public void multi(ClientCall call, MultiObserver answers, MultiNext next) {
        next.proceed(this.call.apply(call), new MultiObserver() {
            @Override
            public void onResponse(Response<Message> response) {
                answers.onResponse(new Response.Success<>(response.serverId(), changed(response.orThrow())));
            }

            @Override
            public void onEnd(@Nullable PsrpcException failure) {
                answers.onEnd(failure);
            }
        });
    }
}
