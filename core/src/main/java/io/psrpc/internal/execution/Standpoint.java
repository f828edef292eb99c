package io.psrpc.internal.execution;

import java.util.Arrays;

/** Where a thread is at this moment, for people. */
public final class Standpoint {
    private Standpoint() {}

    /** The innermost line of its stack that is neither the JDK's nor the engine's; else the innermost of all. */
    public static String of(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return Arrays.stream(stack)
                .filter(Standpoint::isUsers)
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(Standpoint::text)
                .orElse("its end");
    }

    /** Without the class loader's name, which says nothing here. */
    private static String text(StackTraceElement line) {
        return line.getClassName()
                + '.'
                + line.getMethodName()
                + '('
                + line.getFileName()
                + ':'
                + line.getLineNumber()
                + ')';
    }

    private static boolean isUsers(StackTraceElement line) {
        String name = line.getClassName();
        return !name.startsWith("java.")
                && !name.startsWith("jdk.")
                && !name.startsWith("sun.")
                && !name.startsWith("io.psrpc.internal.");
    }
}
