package io.psrpc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the pages link to within the project is there. */
class LinksTest {
    private final List<Page> pages = Project.pages();
    private final Map<String, Page> byPath = pages.stream().collect(Collectors.toMap(Page::path, Function.identity()));

    @Test
    void nameFilesAndHeadingsThatExist() {
        List<String> broken = new ArrayList<>();
        for (Page page : pages) {
            for (Page.Link link : page.links()) {
                if (!isOutside(link.target()) && !exists(page, link.target())) {
                    broken.add(page.path() + ":" + link.line() + ": " + link.target());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void areFound() {
        assertThat(pages).flatExtracting(Page::links).hasSizeGreaterThan(20);
    }

    private static boolean isOutside(String target) {
        return target.matches("[a-z]+:.*");
    }

    private boolean exists(Page from, String target) {
        String[] parts = target.split("#", 2);
        Path directory = Path.of(from.path()).resolveSibling("");
        String path = parts[0].isEmpty()
                ? from.path()
                : directory.resolve(parts[0]).normalize().toString().replace('\\', '/');
        if (!Files.exists(Project.ROOT.resolve(path))) {
            return false;
        }
        Page named = byPath.get(path);
        return parts.length == 1 || (named != null && named.anchors().contains(parts[1]));
    }
}
