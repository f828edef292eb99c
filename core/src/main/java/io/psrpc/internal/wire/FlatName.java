package io.psrpc.internal.wire;

import java.util.List;

/**
 * A channel's name on brokers without subjects, being built. As in the reference a delimiter is written only after a
 * part that was not empty, and a topic counts as one part: that is why a topic's trailing empty parts leave a trace and
 * its leading ones do not.
 */
final class FlatName {
    private final StringBuilder name = new StringBuilder(64);
    private boolean delimited;

    FlatName part(String what, String text) {
        int start = begin();
        ChannelText.appendSanitised(name, what, text);
        delimited = name.length() > start;
        return this;
    }

    FlatName parts(String what, List<String> texts) {
        int start = begin();
        delimited = false;
        for (String text : texts) {
            part(what, text);
        }
        delimited = name.length() > start;
        return this;
    }

    private int begin() {
        if (delimited) {
            name.append('|');
        }
        return name.length();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
