package io.psrpc.interleavings;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pastalab.fray.instrumentation.base.ApplicationCodeTransformer;

/**
 * Puts the steps into the classes as they are loaded: into the engine's with every access to a field, so that a lock that is missing
 * shows; into all others with locks and volatile fields only.
 */
public final class Agent {
    private static final String ENGINE = "io/psrpc/internal/";
    private static final String CONTROLS = "io/psrpc/interleavings/Controls";

    private Agent() {}

    /** Called by the virtual machine. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        ClassFileTransformer everyField = new ApplicationCodeTransformer(true, List.of());
        ClassFileTransformer others = new ApplicationCodeTransformer(false, List.of());
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    String name,
                    @Nullable Class<?> redefined,
                    @Nullable ProtectionDomain domain,
                    byte[] bytes) {
                ClassFileTransformer chosen =
                        name.startsWith(ENGINE) || name.startsWith(CONTROLS) ? everyField : others;
                return transformed(chosen, loader, name, redefined, domain, bytes);
            }
        });
    }

    private static byte @Nullable [] transformed(
            ClassFileTransformer by,
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        try {
            return by.transform(loader, name, redefined, domain, bytes);
        } catch (IllegalClassFormatException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
