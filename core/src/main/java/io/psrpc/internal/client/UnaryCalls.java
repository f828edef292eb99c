package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.execution.Waiting;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Starts unary calls, blocking and async, with and without interceptors. */
final class UnaryCalls {
    private final EngineClient client;
    private final EngineBus bus;

    UnaryCalls(EngineClient client) {
        this.client = client;
        this.bus = client.bus();
    }

    Message request(CallTarget target, Message request, CallOptions options) {
        Waiting.checkMayBlock(target.method());
        if (!hasInterceptors(options)) {
            return block(target, request, options);
        }
        CallerThread caller = new CallerThread(bus.workers().callbacks());
        Attempts attempts = new Attempts();
        CompletionStage<Message> answer = intercepted(target, request, options, caller, attempts, true);
        try {
            return ofExpectedType(target, caller.await(answer));
        } finally {
            attempts.end();
        }
    }

    private Message block(CallTarget target, Message request, CallOptions options) {
        BlockingCaller caller = new BlockingCaller();
        UnaryCall call = call(target, request, options, caller);
        start(call, true);
        return caller.await(call);
    }

    <R extends Message> CompletableFuture<R> requestAsync(CallTarget target, Message request, CallOptions options) {
        Executor callbacks = bus.workers().callbacks();
        if (!hasInterceptors(options)) {
            return start(target, request, options, callbacks, false);
        }
        CompletableFuture<R> result = new CompletableFuture<>();
        Attempts attempts = new Attempts();
        result.whenComplete((message, failure) -> attempts.end());
        callbacks.execute(
                () -> follow(target, intercepted(target, request, options, callbacks, attempts, false), result));
        return result;
    }

    @SuppressWarnings("unchecked") // checked against the method's prototype
    private static <R extends Message> void follow(
            CallTarget target, CompletionStage<Message> answer, CompletableFuture<R> result) {
        answer.whenComplete((message, failure) -> {
            if (failure != null) {
                result.completeExceptionally(PsrpcException.from(failure));
                return;
            }
            try {
                result.complete((R) ofExpectedType(target, message));
            } catch (PsrpcException e) {
                result.completeExceptionally(e);
            }
        });
        result.whenComplete((message, failure) -> {
            if (result.isCancelled()) {
                answer.toCompletableFuture().cancel(true);
            }
        });
    }

    private boolean hasInterceptors(CallOptions options) {
        return !client.options().interceptors().isEmpty()
                || !options.interceptors().isEmpty();
    }

    private CompletionStage<Message> intercepted(
            CallTarget target,
            Message request,
            CallOptions options,
            Executor continuation,
            Attempts attempts,
            boolean isPatient) {
        Interception chain = Interception.of(client.options().interceptors(), options.interceptors());
        ClientCall call = new ClientCall(target.info(), target.topic(), request, options);
        return chain.unary(
                call,
                next -> attempts.start(() -> start(target, next.request(), next.options(), continuation, isPatient)));
    }

    private <R extends Message> CompletableFuture<R> start(
            CallTarget target, Message request, CallOptions options, Executor executor, boolean isPatient) {
        CallFuture<R> future = new CallFuture<>(executor);
        UnaryCall call = call(target, request, options, future);
        future.of(call);
        start(call, isPatient);
        return future;
    }

    private UnaryCall call(CallTarget target, Message request, CallOptions options, UnaryCall.Completion completion) {
        SelectionRules rules = SelectionRules.of(
                target.info(), options.selection(), client.options().selection());
        long timeout = Timeouts.of(client.options(), options);
        return new UnaryCall(client, target, request, options, timeout, rules, completion);
    }

    /** @param isPatient a request that finds no room to go out waits for it */
    static void start(PendingCall call, boolean isPatient) {
        byte[] frame = encode(call);
        if (isPatient) {
            call.startPatiently(frame);
        } else {
            call.start(frame);
        }
    }

    static byte[] encode(PendingCall call) {
        try {
            return call.encode();
        } catch (IllegalArgumentException e) {
            throw new PsrpcException(
                    ErrorCode.INVALID_ARGUMENT, "request of " + call.target.label() + ": " + e.getMessage(), e);
        }
    }

    private static Message ofExpectedType(CallTarget target, @Nullable Message message) {
        Message prototype = target.method().response();
        if (!prototype.getClass().isInstance(message)) {
            String got =
                    message == null ? "null" : message.getDescriptorForType().getFullName();
            throw ErrorCode.MALFORMED_RESULT.error(
                    "an interceptor's result of %s: %s (expected: %s)",
                    target.label(), got, prototype.getDescriptorForType().getFullName());
        }
        return message;
    }
}
