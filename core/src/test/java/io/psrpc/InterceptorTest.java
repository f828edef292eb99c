package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InterceptorTest {
    private static final MethodInfo METHOD =
            new MethodInfo("Fleet", "Hello", MethodInfo.Kind.UNARY, MethodInfo.Routing.MULTI);

    private final ClientCall call = new ClientCall(METHOD, Topic.NONE, StringValue.of("q"), CallOptions.DEFAULT);

    @Test
    void aCallIsChangedByCopies() {
        CallOptions options = CallOptions.DEFAULT.withEarlyEnd(false);

        ClientCall changed = call.withOptions(options).withRequest(StringValue.of("other"));

        assertThat(changed).isEqualTo(new ClientCall(METHOD, Topic.NONE, StringValue.of("other"), options));
        assertThat(call.options()).isSameAs(CallOptions.DEFAULT);
    }

    @Test
    void aLambdaInterceptsUnaryCallsAndPassesMultiCallsOn() {
        ClientInterceptor tagging =
                (c, next) -> next.proceed(c.withOptions(c.options().withMetadata("tenant", "t1")));
        Answers answers = new Answers();
        List<ClientCall> made = new ArrayList<>();

        tagging.multi(call, answers, (c, a) -> {
            made.add(c);
            a.onEnd(null);
        });
        tagging.unary(call, c -> {
            made.add(c);
            return CompletableFuture.completedFuture(c.request());
        });

        assertThat(made.get(0)).isSameAs(call);
        assertThat(made.get(1).options().metadata()).containsEntry("tenant", "t1");
        assertThat(answers.ended).isTrue();
    }

    @Test
    void keysAreToldApartByIdentity() {
        RequestContext.Key<String> key = RequestContext.Key.named("tenant");

        assertThat(key).isNotEqualTo(RequestContext.Key.<String>named("tenant")).hasToString("tenant");
        assertThat(key.name()).isEqualTo("tenant");
    }

    private static final class Answers implements ClientInterceptor.MultiObserver {
        boolean ended;

        @Override
        public void onResponse(Response<Message> response) {}

        @Override
        public void onEnd(@Nullable PsrpcException failure) {
            ended = true;
        }
    }
}
