package io.psrpc.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class EngineThreadTest {
    @Test
    void marksNest() {
        assertThat(EngineThread.isCurrent()).isFalse();
        EngineThread outer = EngineThread.enter();
        EngineThread inner = EngineThread.enter();
        inner.exit();
        assertThat(EngineThread.isCurrent()).isTrue();
        outer.exit();
        assertThat(EngineThread.isCurrent()).isFalse();
    }

    @Test
    void marksTheCurrentThreadAlone() {
        EngineThread.run(() -> assertThat(CompletableFuture.supplyAsync(EngineThread::isCurrent, this::onNewThread)
                        .join())
                .isFalse());
    }

    @Test
    void markEndsWithAFailure() {
        assertThatThrownBy(() -> EngineThread.run(() -> {
                    throw new IllegalStateException("thrown on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(EngineThread.isCurrent()).isFalse();
    }

    private void onNewThread(Runnable task) {
        new Thread(task).start();
    }
}
