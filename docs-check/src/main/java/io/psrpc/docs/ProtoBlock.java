package io.psrpc.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A proto block as a file that protoc takes. A block may be a whole file, a service, or methods of one; where it declares no message it
 * uses those of the quickstart. Lines keep their numbers, so that what protoc complains of is found on the page.
 */
final class ProtoBlock {
    private static final Pattern SYNTAX =
            Pattern.compile("^\\s*(syntax\\s*=\\s*\"[^\"]+\"|edition\\s*=\\s*\"[^\"]+\");");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\s*message\\s");
    private static final Pattern JAVA_PACKAGE = Pattern.compile("(?m)^option java_package = \"(\\S+)\";");
    private static final Pattern RPC = Pattern.compile("(?m)\\A(\\s*//.*\\n)*\\s*rpc\\s");
    /** The quickstart's own, which a page may show but not make a second time. */
    private static final String QUICKSTART = "com.example.api";

    private final Block block;

    ProtoBlock(Block block) {
        this.block = block;
    }

    /** Writes the proto blocks of the project in the first argument into the directory in the second, which it empties before. */
    public static void main(String[] args) throws IOException {
        Path into = Path.of(args[1]);
        clear(into);
        Files.createDirectories(into);
        for (Page page : Page.all(Path.of(args[0]).normalize())) {
            for (Block block : page.blocks("proto")) {
                ProtoBlock proto = new ProtoBlock(block);
                Files.writeString(into.resolve(proto.fileName()), proto.text());
            }
        }
    }

    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(ProtoBlock::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code docs_guides_topics_md_12.proto}. */
    String fileName() {
        return name() + ".proto";
    }

    private String name() {
        return block.slug() + "_md_" + block.line();
    }

    String text() {
        String text = block.text();
        String imports = MESSAGE.matcher(text).find() ? "" : " import \"my_service.proto\";";
        String scope = PACKAGE.matcher(text).find() ? "" : " package " + name() + ";";
        if (SYNTAX.matcher(text).find()) {
            String ours = text.replace("\"" + QUICKSTART + "\"", "\"" + javaPackage() + "\"");
            return numbered("", SYNTAX.matcher(ours).replaceFirst("$0" + scope + imports));
        }
        String header = "syntax = \"proto3\";" + scope + imports + " import \"options.proto\"; option java_package = \""
                + javaPackage() + "\"; option java_multiple_files = true;";
        boolean isMethods = RPC.matcher(text).find();
        return numbered(isMethods ? header + " service Shown {" : header, isMethods ? text + "\n}" : text);
    }

    /** Where its Java classes are: in its own package, unless it has none, or the quickstart's. */
    String javaPackage() {
        Matcher own = JAVA_PACKAGE.matcher(block.text());
        return own.find() && !own.group(1).equals(QUICKSTART) ? own.group(1) : "docs." + name();
    }

    /** The header on the first line, the text from the line on which it stands on the page. */
    private String numbered(String header, String text) {
        List<String> lines = Stream.concat(
                        Stream.of(header), Stream.generate(() -> "").limit(Math.max(0, block.line() - 2)))
                .toList();
        return String.join("\n", lines) + "\n" + text + "\n";
    }
}
