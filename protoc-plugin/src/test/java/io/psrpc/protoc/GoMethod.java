package io.psrpc.protoc;

import io.psrpc.MethodInfo.Kind;
import io.psrpc.MethodInfo.Routing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A method as Go's own generator registers it: a line of go-methods.txt, which {@code src/test/go/go-methods} writes.
 *
 * @param claim whether servers bid for requests
 * @param topicNames as Go names its parameters
 */
record GoMethod(Kind kind, String wireName, Routing routing, boolean claim, List<String> topicNames) {
    private static final Path TABLE = Path.of("src", "test", "resources", "go-methods.txt");

    /** The methods of a proto by the wire names of its services. */
    static Map<String, List<GoMethod>> of(String proto) {
        Map<String, List<GoMethod>> services = new LinkedHashMap<>();
        List<GoMethod> methods = new ArrayList<>();
        for (String line : lines()) {
            String[] words = line.strip().split(" ");
            if (line.startsWith(" ")) {
                methods.add(parse(words));
            } else {
                methods = new ArrayList<>();
                if (words[0].equals(proto)) {
                    services.put(words[1], methods);
                }
            }
        }
        return services;
    }

    /** A topic that names each part. */
    List<String> exampleTopic() {
        return topicNames.stream().map(name -> "a_" + name).toList();
    }

    /** What goes to servers goes there, on Redis's kind of broker and on NATS's. */
    String requestChannel(String service) {
        String topic = String.join("|", exampleTopic());
        String flat = service + "|" + wireName + (topic.isEmpty() ? "" : "|" + topic) + "|REQ";
        String subject = "SRV." + service + (topic.isEmpty() ? "" : "." + topic.replace('|', '.'))
                + (routing == Routing.QUEUE ? ".Q" : "");
        return flat + " = " + subject + " " + wireName + ".REQ";
    }

    private static GoMethod parse(String[] words) {
        return new GoMethod(
                Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                words[1],
                Routing.valueOf(words[2]),
                words[3].equals("claim"),
                words[4].equals("-") ? List.of() : List.of(words[4].split(",")));
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(TABLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
