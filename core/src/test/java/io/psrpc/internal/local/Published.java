package io.psrpc.internal.local;

import io.psrpc.PsrpcException;
import io.psrpc.bus.PublishListener;
import java.util.ArrayList;
import java.util.List;

/** Notes how publishes went: counts of receivers, and failures. */
final class Published implements PublishListener {
    final List<Long> receivers = new ArrayList<>();
    final List<PsrpcException> failures = new ArrayList<>();

    @Override
    public void onPublished(long count) {
        receivers.add(count);
    }

    @Override
    public void onNobodyThere() {
        throw new AssertionError("the count says it");
    }

    @Override
    public void onFailed(PsrpcException failure) {
        failures.add(failure);
    }
}
