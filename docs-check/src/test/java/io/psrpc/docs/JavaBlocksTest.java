package io.psrpc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check of the blocks lets pass, and what it says of the rest. */
class JavaBlocksTest {
    @TempDir
    Path classes;

    private List<String> faults(String text) {
        return new JavaBlocks(Page.of("docs/a.md", text.lines().toList())).compile(classes);
    }

    @Test
    void statementsMembersAndFilesMayUseThePrelude() {
        assertThat(faults("""
                ```java
                MyResponse response = client.normalRPC(request, CallOptions.timeout(Duration.ofSeconds(1)));
                System.out.println(response.getText());
                ```
                ```java
                @Override
                public MyResponse getStats(RequestContext ctx, MyRequest request) {
                    return MyResponse.getDefaultInstance();
                }
                ```
                ```java
                final class Both {
                    MyServiceClient client;
                }
                ```
                ```java
                import java.util.ArrayList;

                List<String> names = new ArrayList<>(new Both().client.hashCode());
                names.add("a");
                ```
                """)).isEmpty();
    }

    @Test
    void aFileWithImportsHasThoseAlone() {
        assertThat(faults("""
                ```java
                package com.example.own;

                import java.time.Duration;

                public class Own {
                    Duration duration;
                    MyServiceClient client;
                }
                ```
                """)).singleElement().asString().startsWith("docs/a.md:8: cannot find symbol");
    }

    @Test
    void whatACommentGivesIsThere() {
        assertThat(faults("""
                <!-- given: String name; -->
                ```java
                System.out.println(name.length());
                ```
                """)).isEmpty();
    }

    @Test
    void aFaultIsNamedByFileAndLine() {
        assertThat(faults("""
                # Title

                ```java
                MyResponse response = client.normalRPC(request);
                response.getTextt();
                ```
                """)).singleElement().asString().startsWith("docs/a.md:5: cannot find symbol");
    }

    @Test
    void whatDoesNotParseIsAFault() {
        assertThat(faults("""
                ```java
                MyResponse response = ...;
                ```
                """)).isNotEmpty().first().asString().startsWith("docs/a.md:2: illegal start of expression");
    }

    @Test
    void aWarningIsAFault() {
        assertThat(faults("""
                ```java
                List names = List.of("a");
                ```
                """)).first().asString().startsWith("docs/a.md:2: found raw type");
    }
}
