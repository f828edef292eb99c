package io.psrpc.behaviours;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of the table, and those of them that are not built yet.
 *
 * @param ids in the table's order
 * @param pending a part of them
 */
record RowTable(Set<String> ids, Set<String> pending) {
    private static final Pattern ROW = Pattern.compile("^\\| *([A-Z]\\d\\d) *\\|.*");

    /**
     * Reads both files.
     *
     * @param table Markdown; a row is a table line that starts with an id
     * @param pending an id at the start of each line, then a reason; {@code #} starts a comment
     */
    static RowTable parse(List<String> table, List<String> pending) {
        Set<String> ids = new LinkedHashSet<>();
        for (String line : table) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !ids.add(row.group(1))) {
                throw new IllegalArgumentException("row: " + row.group(1) + " (expected: once in the table)");
            }
        }
        return new RowTable(Collections.unmodifiableSet(ids), Set.copyOf(pendingIds(pending, ids)));
    }

    private static List<String> pendingIds(List<String> lines, Set<String> known) {
        List<String> ids = new ArrayList<>();
        for (String line : lines) {
            String id = line.replaceFirst("#.*", "").strip().split("\\s+", 2)[0];
            if (id.isEmpty()) {
                continue;
            }
            if (!known.contains(id)) {
                throw new IllegalArgumentException("pending row: " + id + " (expected: a row of the table)");
            }
            ids.add(id);
        }
        return ids;
    }
}
