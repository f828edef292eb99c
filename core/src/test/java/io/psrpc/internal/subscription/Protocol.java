package io.psrpc.internal.subscription;

import com.google.protobuf.StringValue;
import io.psrpc.PsrpcException;
import io.psrpc.SubscriptionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A listener that writes down how it is called. */
class Protocol implements SubscriptionListener<StringValue> {
    final List<String> made = new CopyOnWriteArrayList<>();

    @Override
    public void onUpdate(StringValue update) {
        made.add(update.getValue());
    }

    @Override
    public void onDropped(long count) {
        made.add("dropped " + count);
    }

    @Override
    public void onGap() {
        made.add("gap");
    }

    @Override
    public void onEnd(@Nullable PsrpcException failure) {
        made.add(failure == null ? "end" : "end " + failure.getMessage());
    }
}
