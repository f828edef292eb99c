package io.psrpc.internal;

import com.google.protobuf.Any;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The engine's one way to what the public API keeps to itself. {@link PsrpcException} installs the only instance, so nothing of this
 * shows on a public class.
 */
public abstract class ApiAccess {
    private static @Nullable ApiAccess installed;

    /** For {@link PsrpcException} alone. */
    protected ApiAccess() {}

    /** The only instance. */
    public static ApiAccess get() {
        return Holder.INSTANCE;
    }

    /**
     * Called by {@link PsrpcException} when it is initialised.
     *
     * @throws IllegalStateException for everyone who comes later
     */
    public static synchronized void install(ApiAccess access) {
        if (installed != null) {
            throw new IllegalStateException("access: installed already (expected: once)");
        }
        installed = Objects.requireNonNull(access, "access");
    }

    /**
     * An error that a server sent, without a stack trace: where it was read tells nothing.
     *
     * @param rawCode as it came; empty reads as {@code unknown}
     */
    public abstract PsrpcException fromPeer(
            String rawCode, String message, List<Any> details, String serverId, String requestId);

    /** An error of our own, without a stack trace: it is made on an engine thread. */
    public abstract PsrpcException local(
            ErrorCode code, String message, @Nullable Throwable cause, @Nullable String requestId);

    /** The same error as a separate object with the current thread's stack, for a caller that throws it. */
    public abstract PsrpcException rethrowable(PsrpcException original);

    private static synchronized ApiAccess installed() {
        return Objects.requireNonNull(installed, "installed");
    }

    /** Apart, so that whoever comes first, this class or the exception, neither waits for the other. */
    private static final class Holder {
        static final ApiAccess INSTANCE = load();

        private static ApiAccess load() {
            try {
                MethodHandles.lookup().ensureInitialized(PsrpcException.class);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
            return installed();
        }
    }
}
