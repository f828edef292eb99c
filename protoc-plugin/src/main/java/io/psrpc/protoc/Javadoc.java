package io.psrpc.protoc;

import com.palantir.javapoet.CodeBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A proto's plain comments as Javadoc, which is HTML. */
final class Javadoc {
    private static final String DEPRECATED = "\n\n@deprecated Its definition in the proto is deprecated.";

    private Javadoc() {}

    /** What the proto says of a method, or else what there is to say of every such method. */
    static CodeBlock commentOr(Method method, String otherwise) {
        return code(method.comment().map(Javadoc::text).orElse(otherwise), method.isDeprecated());
    }

    /** What the proto says of a method, and then how it is used. */
    static CodeBlock commentAnd(Method method, String usage) {
        return code(paragraphs(method.comment().map(Javadoc::text), Optional.of(usage)), method.isDeprecated());
    }

    /** What a type generated for the service is, and then what the proto says of the service. */
    static CodeBlock typeAndComment(Service service, String type) {
        return code(paragraphs(Optional.of(type), service.comment().map(Javadoc::text)), service.isDeprecated());
    }

    private static String paragraphs(Optional<String> first, Optional<String> second) {
        return Stream.of(first, second).flatMap(Optional::stream).collect(Collectors.joining("\n\n<p>"));
    }

    private static CodeBlock code(String text, boolean deprecated) {
        return CodeBlock.of("$L\n", deprecated ? text + DEPRECATED : text);
    }

    /** Paragraphs where the comment has empty lines; nothing in it is markup, a tag, the comment's end or an escape. */
    static String text(String comment) {
        List<String> lines = comment.strip().lines().map(String::strip).toList();
        StringBuilder text = new StringBuilder();
        boolean paragraph = false;
        for (String line : lines) {
            if (line.isEmpty()) {
                paragraph = true;
                continue;
            }
            if (!text.isEmpty()) {
                text.append(paragraph ? "\n\n<p>" : "\n");
            }
            text.append(escaped(line));
            paragraph = false;
        }
        return text.toString();
    }

    private static String escaped(String line) {
        return line.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;")
                // javac reads \\u escapes in comments too.
                .replace("\\", "&#92;");
    }
}
