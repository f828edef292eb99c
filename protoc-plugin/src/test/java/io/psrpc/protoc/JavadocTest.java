package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rows("G01")
class JavadocTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ends */ early | ends *&#47; early",
                "@deprecated {@link X} | &#64;deprecated {&#64;link X}",
                "a < b && b > c | a &lt; b &amp;&amp; b &gt; c",
                "\\u000a | &#92;u000a",
                "Grüße 软件 🚀 | Grüße 软件 🚀",
            })
    void commentsAreNoMarkup(String comment, String javadoc) {
        assertThat(Javadoc.text(comment)).isEqualTo(javadoc);
    }

    @Test
    void emptyLinesAreParagraphs() {
        assertThat(Javadoc.text(" One\n line.\n\n\n Two.\n")).isEqualTo("One\nline.\n\n<p>Two.");
    }
}
