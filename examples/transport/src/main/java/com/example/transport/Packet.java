package com.example.transport;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What client and broker say to each other: what it is, which subscription or publish it is about, where it goes, and a frame.
 *
 * @param number of a publish or a subscription, which its client counts; in {@link Kind#PUBLISHED} the receivers stand in the address
 */
@SuppressWarnings("ArrayRecordComponent") // packets are never compared
record Packet(Kind kind, int number, String address, byte[] frame) {
    enum Kind {
        /** Broker: begin. */
        HELLO,
        /** Client: I want what goes to this address. */
        SUBSCRIBE,
        /** Client: I want my share of it. */
        JOIN,
        /** Client: no more. */
        UNSUBSCRIBE,
        /** Client: for whoever listens to this address. */
        PUBLISH,
        /** Broker: from now on. */
        SUBSCRIBED,
        /** Broker: that was the last one. */
        UNSUBSCRIBED,
        /** Broker: so many connections got it. */
        PUBLISHED,
        /** Broker: for this subscription. */
        FRAME
    }

    /** The broker takes no larger frames. */
    static final int MAX_FRAME_BYTES = 1 << 20;

    private static final byte[] NOTHING = {};
    private static final Kind[] KINDS = Kind.values();

    static Packet of(Kind kind, int number) {
        return new Packet(kind, number, "", NOTHING);
    }

    static Packet of(Kind kind, int number, String address) {
        return new Packet(kind, number, address, NOTHING);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(kind.ordinal());
        out.writeInt(number);
        out.writeUTF(address);
        out.writeInt(frame.length);
        out.write(frame);
    }

    static Packet read(DataInputStream in) throws IOException {
        Kind kind = KINDS[in.readByte()];
        int number = in.readInt();
        String address = in.readUTF();
        int length = in.readInt();
        if (length < 0 || length > MAX_FRAME_BYTES) {
            throw new IOException("length of a frame: " + length + " (expected: 0 to " + MAX_FRAME_BYTES + ")");
        }
        byte[] frame = new byte[length];
        in.readFully(frame);
        return new Packet(kind, number, address, frame);
    }
}
