package io.psrpc.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Markdown file: its code blocks, the anchors of its headings as GitHub makes them, and its links.
 *
 * @param path from the project's directory, with slashes
 * @param blocks the fenced blocks, in order
 * @param anchors what a {@code #…} link may name
 * @param links in order
 */
record Page(String path, List<Block> blocks, Set<String> anchors, List<Link> links) {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern FENCE = Pattern.compile("^(\\s*)(```+|~~~+)\\s*(\\S*).*$");
    private static final Pattern GIVEN = Pattern.compile("^<!--\\s*given:\\s*(.*?)\\s*-->$");
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern LINK =
            Pattern.compile("\\[(?:[^\\[\\]]|\\[[^\\]]*\\])*\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern CODE_SPAN = Pattern.compile("(`+)(?!`).*?(?<!`)\\1(?!`)");
    private static final Pattern LINK_TEXT = Pattern.compile("!?\\[([^\\]]*)\\]\\([^)]*\\)");

    /**
     * A link.
     *
     * @param line where it stands
     * @param target what it names: a path, a {@code #…}, an address
     */
    record Link(int line, String target) {}

    /** All pages of the project in {@code root}, by path. */
    static List<Page> all(Path root) throws IOException {
        List<Page> pages = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(file -> isPage(root.relativize(file))).sorted().toList()) {
                pages.add(of(root.relativize(file).toString().replace('\\', '/'), Files.readAllLines(file)));
            }
        }
        return pages;
    }

    private static boolean isPage(Path file) {
        for (Path part : file) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return file.toString().endsWith(".md");
    }

    static Page of(String path, List<String> lines) {
        Reader reader = new Reader(path);
        lines.forEach(reader::line);
        return new Page(path, List.copyOf(reader.blocks), Set.copyOf(reader.anchors), List.copyOf(reader.links));
    }

    List<Block> blocks(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The path. */
    @Override
    public String toString() {
        return path;
    }

    /** Goes through a file line by line. */
    private static final class Reader {
        private final String path;
        private final List<Block> blocks = new ArrayList<>();
        private final Set<String> anchors = new TreeSet<>();
        private final Map<String, Integer> seen = new HashMap<>();
        private final List<Link> links = new ArrayList<>();
        private final List<String> inBlock = new ArrayList<>();
        private String fence = "";
        private String indent = "";
        private String language = "";
        private String given = "";
        private int number;

        Reader(String path) {
            this.path = path;
        }

        void line(String line) {
            number++;
            if (!fence.isEmpty()) {
                blockLine(line);
                return;
            }
            Matcher begin = FENCE.matcher(line);
            if (begin.matches()) {
                indent = begin.group(1);
                fence = begin.group(2);
                language = begin.group(3);
            } else {
                textLine(line);
            }
        }

        private void blockLine(String line) {
            String stripped = line.strip();
            if (stripped.startsWith(fence) && stripped.chars().allMatch(c -> c == fence.charAt(0))) {
                blocks.add(new Block(path, number - inBlock.size(), language, given, List.copyOf(inBlock)));
                inBlock.clear();
                fence = "";
                given = "";
            } else {
                inBlock.add(line.startsWith(indent) ? line.substring(indent.length()) : line.stripLeading());
            }
        }

        private void textLine(String line) {
            Matcher declares = GIVEN.matcher(line.strip());
            if (declares.matches()) {
                given = declares.group(1);
            } else if (!line.isBlank()) {
                given = "";
            }
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                anchors.add(unique(anchor(heading.group(1))));
            }
            Matcher link = LINK.matcher(CODE_SPAN.matcher(line).replaceAll("code"));
            while (link.find()) {
                links.add(new Link(number, link.group(1)));
            }
        }

        private String unique(String anchor) {
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            return before == 0 ? anchor : anchor + "-" + before;
        }

        /** Small letters, hyphens for spaces, and nothing else but letters, digits, hyphens and underscores. */
        private static String anchor(String heading) {
            return LINK_TEXT
                    .matcher(heading)
                    .replaceAll("$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                    .replaceAll("\\s", "-");
        }
    }
}
