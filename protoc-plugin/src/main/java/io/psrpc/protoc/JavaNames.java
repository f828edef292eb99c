package io.psrpc.protoc;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Names in generated Java: close to the proto's, so that one can search for them, and never what javac refuses. */
final class JavaNames {
    private static final Set<String> OBJECT_METHODS =
            Set.of("clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    /** What generated types declare beside the service's own methods. */
    private static final Set<String> GENERATED_METHODS =
            Set.of("async", "close", "create", "drain", "serverId", "shutdownNow", "start");

    /** The generated methods' own parameters and their classes' fields, which a part of a topic may not be called. */
    private static final Set<String> IN_SCOPE =
            Set.of("each", "handler", "listener", "options", "request", "rpc", "update");

    /** Where the runtime's packages start, whose classes go by full names beside messages of theirs. */
    private static final Set<String> PACKAGES = Set.of("io", "java");

    private JavaNames() {}

    /** The method of client and handler: {@code NormalRPC} is {@code normalRPC}, {@code Close} is {@code close_}. */
    static String method(String wireName) {
        String name = decapitalized(wireName);
        // yield may be declared, but not called without a receiver.
        boolean taken = OBJECT_METHODS.contains(name) || GENERATED_METHODS.contains(name) || name.equals("yield");
        return taken || isKeyword(name) ? name + "_" : name;
    }

    /** The first capital lowered; of a leading run of capitals all but the last before a small letter. */
    static String decapitalized(String wireName) {
        int run = 0;
        while (run < wireName.length() && WireNames.isCapital(wireName.charAt(run))) {
            run++;
        }
        boolean wordFollows = run < wireName.length() && WireNames.isSmall(wireName.charAt(run));
        int lowered = wordFollows && run > 1 ? run - 1 : run;
        return wireName.substring(0, lowered).toLowerCase(Locale.ROOT) + wireName.substring(lowered);
    }

    /**
     * The constant of a method: {@code DeleteWHIPResource} is {@code DELETE_WHIP_RESOURCE}.
     *
     * @param types that a constant of their name would hide
     */
    static String constant(String wireName, Set<String> types) {
        String words = wireName.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_");
        String name = words.toUpperCase(Locale.ROOT);
        return name.equals("SERVICE") || types.contains(name) ? name + "_" : name;
    }

    /** The parameter for one part of an untyped topic. */
    static String topicParameter(String partName) {
        String name = WireNames.lowerCamelCase(partName);
        return IN_SCOPE.contains(name) || PACKAGES.contains(name) || isKeyword(name) ? name + "_" : name;
    }

    /** The component of a topic's record for one part. */
    static String topicComponent(String partName) {
        String name = WireNames.lowerCamelCase(partName);
        boolean refused = OBJECT_METHODS.contains(name) || name.equals("toTopic");
        return refused || PACKAGES.contains(name) || isKeyword(name) ? name + "_" : name;
    }

    private static boolean isKeyword(String name) {
        return SourceVersion.isKeyword(name, SourceVersion.RELEASE_17);
    }
}
