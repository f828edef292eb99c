package io.psrpc.internal.wire;

import static io.psrpc.internal.wire.WireProfile.CURRENT;
import static io.psrpc.internal.wire.WireProfile.V0_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNamesTest {
    private static final WireVectors VECTORS = WireVectors.load();

    static Stream<WireVectors.ServerChannel> serverChannels() {
        return VECTORS.serverChannels().stream();
    }

    @ParameterizedTest
    @MethodSource("serverChannels")
    void channelsToServersAreCalledAsPeersCallThem(WireVectors.ServerChannel row) {
        BusChannel requests = ChannelNames.requests(CURRENT, row.service(), row.method(), row.topic(), row.queue());
        BusChannel grants = ChannelNames.grants(CURRENT, row.service(), row.method(), row.topic());
        BusChannel streams = ChannelNames.streams(CURRENT, row.service(), row.method(), row.topic());

        assertThat(requests).isEqualTo(new BusChannel(row.flat(), row.subject(), row.key()));
        assertThat(grants)
                .isEqualTo(new BusChannel(kind(row.flat(), "RCLAIM"), row.grantsSubject(), kind(row.key(), "RCLAIM")));
        assertThat(streams)
                .isEqualTo(new BusChannel(kind(row.flat(), "STR"), row.grantsSubject(), kind(row.key(), "STR")));
    }

    /** The row names the request channel; the others of the method differ in the last part alone. */
    private static String kind(String requestName, String kind) {
        return requestName.substring(0, requestName.length() - "REQ".length()) + kind;
    }

    static Stream<WireVectors.ClientChannel> clientChannels() {
        return VECTORS.clientChannels().stream();
    }

    @ParameterizedTest
    @MethodSource("clientChannels")
    void channelsToClientsAreCalledAsPeersCallThem(WireVectors.ClientChannel row) {
        assertThat(toClient(CURRENT, row.kind(), row.service(), row.clientId()))
                .isEqualTo(new BusChannel(row.flat(), row.subject(), ""));
    }

    private static BusChannel toClient(WireProfile profile, String kind, String service, String clientId) {
        return switch (kind) {
            case "RES" -> ChannelNames.responses(profile, service, clientId);
            case "CLAIM" -> ChannelNames.claims(profile, service, clientId);
            case "STR" -> ChannelNames.clientStreams(profile, service, clientId);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Test
    void replacementCharactersMeetPeersWhoseTopicIsNotUtf8() {
        assertThat(VECTORS.binaryTopics()).hasSize(5).allSatisfy(row -> {
            BusChannel channel = ChannelNames.requests(CURRENT, "Svc", "M", List.of(replaced(row.group(1))), true);

            assertThat(channel).isEqualTo(new BusChannel(row.group(2), row.group(3), "M.REQ"));
        });
    }

    /** As a peer sees it: every byte outside ASCII, none of which is part of valid UTF-8 here, is one U+FFFD. */
    private static String replaced(String hex) {
        StringBuilder topic = new StringBuilder();
        for (byte b : HexFormat.of().parseHex(hex)) {
            topic.append(b < 0 ? '\ufffd' : (char) b);
        }
        return topic.toString();
    }

    @Test
    void longTopicsAreSpeltOutInFull() {
        assertThat(VECTORS.longTopics()).hasSize(3).allSatisfy(row -> {
            String topic =
                    Character.toString(Integer.parseInt(row.group(2), 16)).repeat(Integer.parseInt(row.group(1)));
            BusChannel channel = ChannelNames.requests(CURRENT, "Svc", "M", List.of(topic), true);

            assertName(channel.flat(), row, 3);
            assertName(channel.subject(), row, 5);
        });
    }

    private static void assertName(String name, MatchResult row, int lengthGroup) throws Exception {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSize(Integer.parseInt(row.group(lengthGroup)));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                .isEqualTo(row.group(lengthGroup + 1));
    }

    @Test
    void theFirstGenerationUsesOneNameEverywhere() {
        assertThat(VECTORS.oldChannels()).hasSize(9).allSatisfy(row -> {
            Map<String, String> names = new HashMap<>(row);
            names.keySet().removeAll(List.of("service", "method", "client", "topic"));
            assertThat(names).isNotEmpty().allSatisfy((kind, name) -> {
                BusChannel channel = row.containsKey("client")
                        ? toClient(V0_1, kind.toUpperCase(Locale.ROOT), of(row, "service"), of(row, "client"))
                        : oldToServers(kind, row);

                assertThat(channel).isEqualTo(BusChannel.named(name));
            });
        });
    }

    private static String of(Map<String, String> row, String argument) {
        return Objects.requireNonNull(row.get(argument), argument);
    }

    private static BusChannel oldToServers(String kind, Map<String, String> row) {
        String service = of(row, "service");
        String method = of(row, "method");
        List<String> topic = List.of(WireVectors.string(of(row, "topic")));
        return switch (kind) {
            case "req" -> ChannelNames.requests(V0_1, service, method, topic, true);
            case "rclaim" -> ChannelNames.grants(V0_1, service, method, topic);
            case "str" -> ChannelNames.streams(V0_1, service, method, topic);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @Test
    void theFirstGenerationHasNoTopicsOfSeveralParts() {
        assertThat(ChannelNames.requests(V0_1, "Svc", "M", List.of(), true)).isEqualTo(BusChannel.named("Svc|M|REQ"));
        assertThatThrownBy(() -> ChannelNames.requests(V0_1, "Svc", "M", List.of("a", "b"), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic: [a, b] (expected: at most one part)");
    }

    @Test
    void loneSurrogatesAreRefused() {
        String high = "a\ud83d";
        String low = "\ude80b";
        assertThatThrownBy(() -> ChannelNames.requests(CURRENT, "Svc", "M", List.of("x", high), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic: U+d83d at index 1 (expected: no lone surrogate)");
        assertThatThrownBy(() -> ChannelNames.requests(V0_1, "Svc", "M", List.of(low), true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChannelNames.grants(CURRENT, low, "M", List.of()))
                .hasMessageStartingWith("service: U+de80");
        assertThatThrownBy(() -> ChannelNames.streams(V0_1, "Svc", high, List.of()))
                .hasMessageStartingWith("method: U+d83d");
        assertThatThrownBy(() -> ChannelNames.claims(CURRENT, "Svc", high)).hasMessageStartingWith("clientId: U+d83d");
        assertThatThrownBy(() -> ChannelNames.responses(V0_1, "Svc", low)).hasMessageStartingWith("clientId: U+de80");
        assertThatThrownBy(() -> ChannelNames.responses(V0_1, high, "CLI_1")).hasMessageStartingWith("service: U+d83d");
        assertThatThrownBy(() -> ChannelNames.requests(V0_1, low, "M", List.of(), true))
                .hasMessageStartingWith("service: U+de80");
        assertThatThrownBy(() -> ChannelNames.keySubject("Svc", "M", List.of(high)))
                .hasMessageStartingWith("topic: U+d83d");
        assertThatThrownBy(() -> ChannelNames.keySubject(low, "M", List.of()))
                .hasMessageStartingWith("service: U+de80");
        assertThatThrownBy(() -> ChannelNames.keySubject("Svc", high, List.of()))
                .hasMessageStartingWith("method: U+d83d");
    }

    @Test
    void inSubjectsTopicsKeepLettersDigitsAndUnderscores() {
        for (char c = 0; c < 0x80; c++) {
            String topic = Character.toString(c);
            boolean stays = topic.matches("[A-Za-z0-9_]");

            assertThat(ChannelNames.keySubject("Svc", "M", List.of(topic)))
                    .isEqualTo("KEY.Svc." + (stays ? topic : String.format("u+%04x", (int) c)) + ".M.REQ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"M.REQ", "Run_Job2.REQ", "!.REQ", "~.REQ", "\u00e9.REQ"})
    void aRequestKeyIsAMethodsName(String key) {
        assertThat(ChannelNames.isRequestKey(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "REQ",
                ".REQ",
                "M",
                "M.RES",
                "M.REQ ",
                "M M.REQ",
                "\u001f.REQ",
                "M\u007f.REQ",
                "A.B.REQ",
                "M*.REQ",
                "M>.REQ",
                "A|B.REQ"
            })
    void nothingElseIs(String key) {
        assertThat(ChannelNames.isRequestKey(key)).isFalse();
    }

    @Test
    void nobodyReadsALongKey() {
        String longest = "M".repeat(252) + ".REQ";

        assertThat(ChannelNames.isRequestKey(longest)).isTrue();
        assertThat(ChannelNames.isRequestKey("M" + longest)).isFalse();
    }

    @Test
    void keySubjectsHoldOneMethodEach() {
        assertThat(ChannelNames.keySubject("Svc", "M", List.of())).isEqualTo("KEY.Svc.M.REQ");
        assertThat(ChannelNames.keySubject("Svc", "M", List.of("a.b", "", "é")))
                .isEqualTo("KEY.Svc.au+002eb.u+00e9.M.REQ");
    }

    @Test
    @Rows("B20")
    void topicWithAMillionPartsIsJustALongName() {
        BusChannel channel = ChannelNames.requests(CURRENT, "Svc", "M", Collections.nCopies(1_000_000, "a"), false);

        assertThat(channel.flat()).hasSize("Svc|M|REQ".length() + 2_000_000);
    }
}
