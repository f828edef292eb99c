package io.psrpc.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WorkersTest {
    static Stream<Workers> own() {
        return VirtualThreads.areSupported()
                ? Stream.of(new PooledWorkers(), Workers.create(null))
                : Stream.of(Workers.create(null));
    }

    @ParameterizedTest
    @MethodSource("own")
    void threadsAreNamedByWhatRunsOnThem(Workers workers) throws Exception {
        try (workers) {
            assertThat(handle(workers).getName()).startsWith("psrpc-handler-");
            assertThat(call(workers).getName()).startsWith("psrpc-callback-");
        }
    }

    @ParameterizedTest
    @MethodSource("own")
    void threadsHaveTheClassLoaderOfWhoMadeTheWorkers(Workers workers) throws Exception {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(null);
        try (workers) {
            CompletableFuture<Object> seen = new CompletableFuture<>();
            workers.tryHandle(() -> seen.complete(Thread.currentThread().getContextClassLoader()));
            assertThat(seen.get(60, TimeUnit.SECONDS)).isSameAs(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(loader);
        }
    }

    @ParameterizedTest
    @MethodSource("own")
    void failingTaskStopsNoOther(Workers workers) throws Exception {
        try (workers) {
            Runnable failing = () -> {
                throw new IllegalStateException("thrown on purpose");
            };
            assertThat(workers.tryHandle(failing)).isTrue();
            workers.callbacks().execute(failing);
            handle(workers);
            call(workers);
        }
    }

    @ParameterizedTest
    @MethodSource("own")
    void closedWorkersTakeNoHandlerAndRunCallbacksHere(Workers workers) throws Exception {
        handle(workers);
        workers.close();
        assertThat(workers.tryHandle(() -> {})).isFalse();
        assertThat(call(workers)).isSameAs(Thread.currentThread());
    }

    @Test
    void lentExecutorRunsEverything() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        try (Workers workers = Workers.create(tasks::add)) {
            assertThat(workers.tryHandle(() -> {})).isTrue();
            workers.callbacks().execute(() -> {});
        }
        assertThat(tasks).hasSize(2);
    }

    @Test
    void lentExecutorThatRejectsHasNoRoomForHandlersAndLosesNoCallback() throws Exception {
        try (Workers workers = Workers.create(task -> {
            throw new RejectedExecutionException("full");
        })) {
            assertThat(workers.tryHandle(() -> {})).isFalse();
            assertThat(call(workers).getName()).startsWith("psrpc-callback-");
        }
    }

    @Test
    void lentExecutorSeesNoFailure() throws Exception {
        try (Workers workers = Workers.create(Runnable::run)) {
            assertThat(workers.tryHandle(() -> {
                        throw new IllegalStateException("thrown on purpose");
                    }))
                    .isTrue();
        }
    }

    private static Thread handle(Workers workers) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        assertThat(workers.tryHandle(() -> thread.complete(Thread.currentThread())))
                .isTrue();
        return thread.get(60, TimeUnit.SECONDS);
    }

    private static Thread call(Workers workers) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        workers.callbacks().execute(() -> thread.complete(Thread.currentThread()));
        return thread.get(60, TimeUnit.SECONDS);
    }
}
