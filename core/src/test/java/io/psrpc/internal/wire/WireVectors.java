package io.psrpc.internal.wire;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code wire-vectors.txt}, line by line. A line of no known kind is an error: none may be left untested. */
final class WireVectors {
    private static final Pattern SERVER_CHANNEL = Pattern.compile("\\| `([^`]*)` \\| `([^`]*)` \\| `([^`]*)` "
            + "\\| (true|false) \\| `([^`]*)` \\| `([^`]*)` \\| `([^`]*)` \\| `([^`]*)` \\|");
    private static final Pattern CLIENT_CHANNEL =
            Pattern.compile("\\| ([A-Z]+) \\| `([^`]*)` \\| `([^`]*)` \\| `([^`]*)` \\| `([^`]*)` \\|");
    private static final Pattern BINARY_TOPIC =
            Pattern.compile("topic bytes (\\w+) service=Svc method=M queue=true legacy=(.*) subject=(.*)");
    private static final Pattern LONG_TOPIC = Pattern.compile("topic (\\d+) times U\\+(\\w+) service=Svc method=M"
            + " queue=true legacy length=(\\d+) sha256=(\\w+) subject length=(\\d+) sha256=(\\w+)");
    private static final Pattern OLD_CHANNEL = Pattern.compile("v0\\.\\d\\.\\d channel (.*)");
    private static final Pattern OLD_NAME = Pattern.compile("(\\w+)=(.*?)(?= \\w+=|$)");
    private static final Pattern FRAME = Pattern.compile("(\\S.*) len=(\\d+)");
    private static final Pattern FACT =
            Pattern.compile(" {2}(hex|redis queue lock key|inflated value len|inflated value hex|go error)=(.*)");
    private static final Pattern OUTCOME = Pattern.compile("(Any\\.Unmarshal of .*|unmarshal of .*|value:.*)");

    /** A channel to servers under its names. */
    record ServerChannel(
            String service,
            String method,
            List<String> topic,
            boolean queue,
            String flat,
            String subject,
            String key,
            String grantsSubject) {}

    /** A channel to a client under its names. */
    record ClientChannel(String kind, String service, String clientId, String flat, String subject) {}

    /** A frame: its title, its length as stated, and what is known about it by name. */
    record Frame(String title, int length, Map<String, String> facts) {
        byte[] bytes() {
            return HexFormat.of().parseHex(Objects.requireNonNull(facts.get("hex"), title));
        }

        boolean isDecodeOnly() {
            return title.contains("(decode-only");
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private final List<ServerChannel> serverChannels = new ArrayList<>();
    private final List<ClientChannel> clientChannels = new ArrayList<>();
    private final List<MatchResult> binaryTopics = new ArrayList<>();
    private final List<MatchResult> longTopics = new ArrayList<>();
    private final List<Map<String, String>> oldChannels = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();

    private WireVectors() {}

    static WireVectors load() {
        try (InputStream in = WireVectors.class.getResourceAsStream("wire-vectors.txt")) {
            WireVectors vectors = new WireVectors();
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(vectors::add);
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException("wire-vectors.txt", e);
        }
    }

    List<ServerChannel> serverChannels() {
        return serverChannels;
    }

    List<ClientChannel> clientChannels() {
        return clientChannels;
    }

    /** Groups: the topic's bytes in hex, the flat name, the subject. */
    List<MatchResult> binaryTopics() {
        return binaryTopics;
    }

    /** Groups: how often which code point, then length and hash of the flat name and of the subject. */
    List<MatchResult> longTopics() {
        return longTopics;
    }

    /** Names of {@code V0_1} by kind, with the arguments that they are made of. */
    List<Map<String, String>> oldChannels() {
        return oldChannels;
    }

    List<Frame> frames() {
        return frames;
    }

    /** What came of things that were tried. */
    List<String> outcomes() {
        return outcomes;
    }

    private void add(String line) {
        boolean isKnown = is(SERVER_CHANNEL, line, row -> serverChannels.add(serverChannel(row)))
                || is(CLIENT_CHANNEL, line, row -> clientChannels.add(clientChannel(row)))
                || is(BINARY_TOPIC, line, binaryTopics::add)
                || is(LONG_TOPIC, line, longTopics::add)
                || is(OLD_CHANNEL, line, row -> oldChannels.add(oldChannel(row)))
                || is(FRAME, line, row -> frames.add(frame(row)))
                || is(FACT, line, row -> frames.get(frames.size() - 1).facts().put(row.group(1), row.group(2)))
                || is(OUTCOME, line, row -> outcomes.add(line));
        if (!isKnown) {
            throw new IllegalArgumentException("line: " + line + " (expected: of a known kind)");
        }
    }

    private static boolean is(Pattern kind, String line, Consumer<MatchResult> reader) {
        Matcher matcher = kind.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        reader.accept(matcher.toMatchResult());
        return true;
    }

    private static ServerChannel serverChannel(MatchResult row) {
        return new ServerChannel(
                row.group(1),
                row.group(2),
                strings(row.group(3)),
                Boolean.parseBoolean(row.group(4)),
                row.group(5),
                row.group(6),
                row.group(7),
                row.group(8));
    }

    private static ClientChannel clientChannel(MatchResult row) {
        return new ClientChannel(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5));
    }

    private static Map<String, String> oldChannel(MatchResult row) {
        return OLD_NAME.matcher(row.group(1)).results().collect(toMap(name -> name.group(1), name -> name.group(2)));
    }

    private static Frame frame(MatchResult row) {
        return new Frame(row.group(1), Integer.parseInt(row.group(2)), new HashMap<>());
    }

    /** A JSON array of strings, or null. */
    static List<String> strings(String json) {
        if (json.equals("null")) {
            return List.of();
        }
        String inner = json.substring(1, json.length() - 1);
        return Arrays.stream(inner.split("(?<=\"),(?=\")", -1))
                .map(WireVectors::string)
                .toList();
    }

    /** A JSON string. */
    static String string(String json) {
        return Pattern.compile("\\\\(u[0-9a-f]{4}|.)")
                .matcher(json.substring(1, json.length() - 1))
                .replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))));
    }

    private static String unescaped(String escape) {
        return switch (escape.charAt(0)) {
            case 'u' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> throw new IllegalArgumentException("escape: " + escape + " (expected: u, r, n, t)");
        };
    }
}
