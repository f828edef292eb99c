package io.psrpc.internal.wire;

import io.psrpc.bus.BusChannel;
import java.util.List;

/**
 * What the channels of a service are called. Service and method come as they go on the wire; a topic has any number of
 * parts, empty ones allowed. Every method throws {@link IllegalArgumentException} for a text with a lone surrogate, which
 * has no bytes on the wire.
 */
public final class ChannelNames {
    private static final char FLAT = '|';
    private static final char SUBJECT = '.';
    private static final String REQUEST_SUFFIX = ".REQ";
    private static final int LONGEST_KEY = 256;

    private ChannelNames() {}

    /**
     * Where requests go, and a subscription's updates.
     *
     * @param queue each frame is for one of the members; queue subscribers of an {@code AFFINITY} subscription say false,
     *     since they share the subject of the plain ones
     */
    public static BusChannel requests(
            WireProfile profile, String service, String method, List<String> topic, boolean queue) {
        return toServers(profile, service, method, topic, "REQ", queue);
    }

    /** Where clients say who runs a request. */
    public static BusChannel grants(WireProfile profile, String service, String method, List<String> topic) {
        return toServers(profile, service, method, topic, "RCLAIM", false);
    }

    /** Where clients send stream messages. */
    public static BusChannel streams(WireProfile profile, String service, String method, List<String> topic) {
        return toServers(profile, service, method, topic, "STR", false);
    }

    /** Where a client reads bids. */
    public static BusChannel claims(WireProfile profile, String service, String clientId) {
        return toClient(profile, service, clientId, "CLAIM");
    }

    /** Where a client reads answers. */
    public static BusChannel responses(WireProfile profile, String service, String clientId) {
        return toClient(profile, service, clientId, "RES");
    }

    /** Where a client reads stream messages. */
    public static BusChannel clientStreams(WireProfile profile, String service, String clientId) {
        return toClient(profile, service, clientId, "STR");
    }

    /**
     * A subject of our own, which members of a queue group that serve {@code method} listen to: where a frame is handed
     * on by a member that does not.
     */
    public static String keySubject(String service, String method, List<String> topic) {
        ChannelText.check("service", service);
        ChannelText.check("method", method);
        return subject("KEY", service, topic)
                .append(SUBJECT)
                .append(method)
                .append(REQUEST_SUFFIX)
                .toString();
    }

    /** Whether {@code key} is one under which requests or updates go. What a stranger has written may be anything, and long. */
    public static boolean isRequestKey(String key) {
        int end = key.length() - REQUEST_SUFFIX.length();
        return end > 0
                && key.length() <= LONGEST_KEY
                && key.endsWith(REQUEST_SUFFIX)
                && key.chars().limit(end).allMatch(ChannelNames::isOfMethod);
    }

    private static boolean isOfMethod(int c) {
        return c > ' ' && c != 0x7f && c != SUBJECT && c != '*' && c != '>' && c != FLAT;
    }

    private static BusChannel toServers(
            WireProfile profile, String service, String method, List<String> topic, String kind, boolean queue) {
        if (profile == WireProfile.V0_1) {
            return BusChannel.named(unsanitised(service, method, topic, kind));
        }
        String flat = new FlatName()
                .part("service", service)
                .part("method", method)
                .parts("topic", topic)
                .part("kind", kind)
                .toString();
        StringBuilder subject = subject("SRV", service, topic);
        if (queue) {
            subject.append(".Q");
        }
        return new BusChannel(flat, subject.toString(), method + SUBJECT + kind);
    }

    private static BusChannel toClient(WireProfile profile, String service, String clientId, String kind) {
        if (profile == WireProfile.V0_1) {
            ChannelText.check("service", service);
            ChannelText.check("clientId", clientId);
            return BusChannel.named(service + FLAT + clientId + FLAT + kind);
        }
        String flat = new FlatName()
                .part("service", service)
                .part("clientId", clientId)
                .part("kind", kind)
                .toString();
        return new BusChannel(flat, "CLI." + service + SUBJECT + clientId + SUBJECT + kind, "");
    }

    /** Begins a subject: empty topic parts leave no trace in it, and the service is taken as it is. */
    private static StringBuilder subject(String prefix, String service, List<String> topic) {
        StringBuilder subject =
                new StringBuilder(64).append(prefix).append(SUBJECT).append(service);
        for (String part : topic) {
            if (!part.isEmpty()) {
                ChannelText.appendSanitised(subject.append(SUBJECT), "topic", part);
            }
        }
        return subject;
    }

    private static String unsanitised(String service, String method, List<String> topic, String kind) {
        if (topic.size() > 1) {
            throw new IllegalArgumentException("topic: " + topic + " (expected: at most one part)");
        }
        String part = topic.isEmpty() ? "" : topic.get(0);
        ChannelText.check("service", service);
        ChannelText.check("method", method);
        ChannelText.check("topic", part);
        return service + FLAT + method + FLAT + (part.isEmpty() ? "" : part + FLAT) + kind;
    }
}
