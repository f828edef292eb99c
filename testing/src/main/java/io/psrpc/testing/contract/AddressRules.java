package io.psrpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusState.Status;
import io.psrpc.bus.BusTransport;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names, addresses, limits: what a transport says of itself. */
abstract class AddressRules extends Contract {
    private static final WireProfile PROFILE = WireProfile.CURRENT;

    AddressRules() {}

    private List<BusChannel> channels() {
        String service = stage().name("Depot");
        return List.of(
                ChannelNames.requests(PROFILE, service, "Work", List.of(), true),
                ChannelNames.requests(PROFILE, service, "Pack", List.of(), true),
                ChannelNames.requests(PROFILE, service, "Work", List.of(), false),
                ChannelNames.requests(PROFILE, service, "Work", List.of("a"), true),
                ChannelNames.requests(PROFILE, service, "Work", List.of("a", "b"), true),
                ChannelNames.requests(PROFILE, service, "Work", List.of("ä b"), true),
                ChannelNames.grants(PROFILE, service, "Work", List.of()),
                ChannelNames.claims(PROFILE, service, "CLI_1"),
                ChannelNames.responses(PROFILE, service, "CLI_1"),
                BusChannel.named(stage().name("own")));
    }

    @Test
    void itHasAName() {
        String name = stage().party().transport().name();

        assertFalse(name.isBlank(), "name: blank (expected: what people know the broker by)");
    }

    @Test
    void addressesAreAFunctionOfTheChannelAlone() {
        BusTransport started = stage().party().transport();
        BusTransport other = stage().unstarted().transport();
        for (BusChannel channel : channels()) {
            String address = started.address(channel);

            assertFalse(address.isEmpty(), () -> "address of " + channel + ": empty");
            assertEquals(address, started.address(channel), () -> "address of " + channel + ", asked again");
            assertEquals(address, other.address(channel), () -> "address of " + channel + ", at another connection");
        }
    }

    /** Whoever shares an address is told apart by a key, so what has one key must not share one. */
    @Test
    void channelsThatShareAnAddressDifferInTheirKeys() {
        BusTransport transport = stage().party().transport();
        List<BusChannel> channels = channels();
        for (BusChannel one : channels) {
            for (BusChannel two : channels) {
                boolean isTold = one.equals(two) || one.flat().equals(two.flat());
                boolean hasOwnKey = transport.sharesAddresses() && !one.key().equals(two.key());
                if (!isTold && !hasOwnKey) {
                    assertNotEquals(
                            transport.address(one),
                            transport.address(two),
                            () -> "addresses of " + one + " and " + two + " (sharesAddresses: "
                                    + transport.sharesAddresses() + ")");
                }
            }
        }
    }

    @Test
    void keyAddressesAreAFunctionOfSubjectAndKeyAlone() {
        BusTransport transport = stage().party().transport();
        BusTransport other = stage().unstarted().transport();
        for (BusChannel channel : channels()) {
            String keyAddress = transport.keyAddress(channel);
            BusChannel asRead = new BusChannel("", channel.subject(), channel.key());

            assertEquals(keyAddress, other.keyAddress(channel), () -> "keyAddress of " + channel + ", elsewhere");
            assertEquals(keyAddress, transport.keyAddress(asRead), () -> "keyAddress of " + channel + ", without flat");
            if (!transport.sharesAddresses()) {
                assertNull(keyAddress, () -> "keyAddress of " + channel + " (sharesAddresses: false)");
            }
        }
    }

    @Test
    void keyAddressesAreNobodyElses() {
        BusTransport transport = stage().party().transport();
        Set<String> addresses = channels().stream().map(transport::address).collect(Collectors.toSet());
        List<String> keyAddresses = channels().stream()
                .map(transport::keyAddress)
                .filter(Objects::nonNull)
                .distinct()
                .toList();

        assertTrue(
                keyAddresses.stream().noneMatch(addresses::contains),
                () -> "keyAddresses: " + keyAddresses + " (expected: none of the channels' own, " + addresses + ")");
    }

    @Test
    void framesHaveALimit() {
        int max = stage().party().transport().maxFrameBytes();

        assertTrue(max >= 1024, () -> "maxFrameBytes: " + max + " (expected: >= 1024, or nothing of use goes through)");
    }

    @Test
    void aStartedConnectionIsNeitherLostNorClosed() {
        Party party = stage().party();
        party.hear(party.address("a"));
        party.publish(party.address("a"), "x").awaitPublished();

        assertTrue(
                party.host().states().stream()
                        .allMatch(state -> state == Status.CONNECTING || state == Status.CONNECTED),
                () -> "states: " + party.host().states() + " (expected: CONNECTED at most)");
    }
}
