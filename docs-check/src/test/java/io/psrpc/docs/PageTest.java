package io.psrpc.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

class PageTest {
    private static Page page(String text) {
        return Page.of("docs/a.md", text.lines().toList());
    }

    @Test
    void blocksKnowTheirLineAndLanguage() {
        Page page = page("""
                # Title

                ```java
                int a = 1;
                int b = 2;
                ```
                Text.
                - an item:
                  ```proto
                  message M {
                    int32 a = 1;
                  }
                  ```
                """);

        assertThat(page.blocks())
                .extracting(Block::line, Block::language, Block::text)
                .containsExactly(
                        tuple(4, "java", "int a = 1;\nint b = 2;"),
                        tuple(10, "proto", "message M {\n  int32 a = 1;\n}"));
    }

    @Test
    void aLongerFenceHoldsAShorterOne() {
        Page page = page("""
                ````markdown
                ```java
                not java
                ```
                ````
                """);

        assertThat(page.blocks()).hasSize(1);
        assertThat(page.blocks("java")).isEmpty();
    }

    @Test
    void aCommentDeclaresForTheNextBlockAlone() {
        Page page = page("""
                <!-- given: int a; -->
                ```java
                a = 1;
                ```
                ```java
                int a = 2;
                ```
                """);

        assertThat(page.blocks()).extracting(Block::given).containsExactly("int a;", "");
    }

    @Test
    void headingsHaveGitHubsAnchors() {
        Page page = page("""
                # What it is, and `why`
                ## A & B
                ## The [link](x.md)
                ## A & B
                """);

        assertThat(page.anchors()).containsExactlyInAnyOrder("what-it-is-and-why", "a--b", "the-link", "a--b-1");
    }

    @Test
    void linksInTextCountAndThoseInCodeDoNot() {
        Page page = page("""
                See [one](a.md) and [`two`](b.md#c "title"), not `[three](c.md)`.
                ```text
                [four](d.md)
                ```
                [five [5]](<e.md>)
                """);

        assertThat(page.links()).extracting(Page.Link::target).containsExactly("a.md", "b.md#c", "e.md");
        assertThat(page.links()).extracting(Page.Link::line).containsExactly(1, 1, 5);
    }
}
