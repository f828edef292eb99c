package io.psrpc.internal.local;

import io.psrpc.PsrpcException;
import io.psrpc.bus.PublishListener;

/** Throws whatever it is told. */
final class FailingListener implements PublishListener {
    @Override
    public void onPublished(long receivers) {
        throw new IllegalStateException("thrown on purpose");
    }

    @Override
    public void onNobodyThere() {
        throw new IllegalStateException("thrown on purpose");
    }

    @Override
    public void onFailed(PsrpcException failure) {
        throw new IllegalStateException("thrown on purpose");
    }
}
