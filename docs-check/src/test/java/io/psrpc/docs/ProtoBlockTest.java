package io.psrpc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The files that protoc gets. */
class ProtoBlockTest {
    private static ProtoBlock block(String text) {
        return new ProtoBlock(Page.of("docs/my-page.md", text.lines().toList())
                .blocks("proto")
                .get(0));
    }

    private static String line(String text, int number) {
        return text.lines().toList().get(number - 1);
    }

    @Test
    void aWholeFileKeepsItsLinesAndItsJavaPackage() {
        ProtoBlock block = block("""
                # Title

                ```proto
                syntax = "proto3";
                option java_package = "com.example.own";
                message M {}
                ```
                """);

        assertThat(block.fileName()).isEqualTo("docs_my_page_md_4.proto");
        assertThat(line(block.text(), 4)).isEqualTo("syntax = \"proto3\"; package docs_my_page_md_4;");
        assertThat(line(block.text(), 5)).isEqualTo("option java_package = \"com.example.own\";");
        assertThat(line(block.text(), 6)).isEqualTo("message M {}");
    }

    @Test
    void theQuickstartsPackageIsLeftToTheQuickstart() {
        String text = block("""
                ```proto
                syntax = "proto3";
                option java_package = "com.example.api";
                service S { rpc R(MyRequest) returns (MyResponse); }
                ```
                """).text();

        assertThat(text).contains("option java_package = \"docs.docs_my_page_md_2\";");
        assertThat(line(text, 2)).contains("import \"my_service.proto\";");
    }

    @Test
    void methodsAreOfAService() {
        String text = block("""
                Text.
                ```proto
                // Says hello.
                rpc Hello(MyRequest) returns (MyResponse);
                ```
                """).text();

        assertThat(line(text, 1)).startsWith("syntax = \"proto3\";").endsWith("service Shown {");
        assertThat(line(text, 4)).isEqualTo("rpc Hello(MyRequest) returns (MyResponse);");
        assertThat(line(text, 5)).isEqualTo("}");
    }
}
