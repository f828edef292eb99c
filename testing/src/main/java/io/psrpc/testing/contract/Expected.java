package io.psrpc.testing.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Compares frames with those that were published, and says in a few words what is wrong. */
final class Expected {
    private static final int SHOWN = 5;
    private static final int SHOWN_CHARACTERS = 40;

    private Expected() {}

    /** Each frame once, and in this order. */
    static void inOrder(List<String> expected, List<String> actual, String what) {
        if (!expected.equals(actual)) {
            String others = differences(expected, actual);
            String order = others.isEmpty() ? ": out of order from " + firstDifference(expected, actual) : others;
            throw new AssertionError(what + order + " (expected: " + expected.size() + " frames, each once, in order)");
        }
    }

    /** Each frame once, in whatever order. */
    static void inAnyOrder(List<String> expected, List<String> actual, String what) {
        String others = differences(expected, actual);
        if (!others.isEmpty()) {
            throw new AssertionError(what + others + " (expected: " + expected.size() + " frames, each once)");
        }
    }

    private static String differences(List<String> expected, List<String> actual) {
        Set<String> missing = new HashSet<>(expected);
        List<String> twice = new ArrayList<>();
        List<String> strange = new ArrayList<>();
        Set<String> wanted = Set.copyOf(expected);
        for (String frame : actual) {
            if (!wanted.contains(frame)) {
                strange.add(frame);
            } else if (!missing.remove(frame)) {
                twice.add(frame);
            }
        }
        return list("missing", expected.stream().filter(missing::contains).toList())
                + list("more than once", twice)
                + list("strange", strange);
    }

    private static String list(String name, List<String> frames) {
        if (frames.isEmpty()) {
            return "";
        }
        List<String> shown =
                frames.stream().limit(SHOWN).map(Expected::shortened).toList();
        return ": " + frames.size() + ' ' + name + ' ' + shown;
    }

    private static String firstDifference(List<String> expected, List<String> actual) {
        int at = 0;
        while (expected.get(at).equals(actual.get(at))) {
            at++;
        }
        return shortened(actual.get(at)) + ", where " + shortened(expected.get(at)) + " was due";
    }

    private static String shortened(String frame) {
        return frame.length() <= SHOWN_CHARACTERS
                ? printable(frame)
                : printable(frame.substring(0, SHOWN_CHARACTERS)) + "… (" + frame.length() + " bytes)";
    }

    private static String printable(String bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            char one = bytes.charAt(i);
            if (one >= ' ' && one < 0x7f) {
                text.append(one);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02x", (int) one));
            }
        }
        return text.toString();
    }
}
