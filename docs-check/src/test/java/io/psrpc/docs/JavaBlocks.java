package io.psrpc.docs;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles the Java blocks of one page, together, with every warning an error. A block may be a file, statements, or members of a class:
 * which of them is found by parsing. Files without imports, statements and members have the imports and the variables of the prelude.
 */
final class JavaBlocks {
    private static final String PRELUDE = read("/Prelude.java");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package (\\S+);$");
    private static final Pattern LEADING_IMPORTS = Pattern.compile("\\A(\\s*(import .*;|//.*)?\\n)+(?=.*)");

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    // A resource that keeps something running need not be named. What the class path holds is not a page's doing.
    private static final List<String> OPTIONS =
            List.of("-Xlint:all,-try,-path,-processing,-classfile", "-Werror", "-proc:none", "--release", "17");

    private final Page page;
    private final String home;
    private final String imports;

    JavaBlocks(Page page) {
        this.page = page;
        List<String> packages = page.blocks("java").stream()
                .flatMap(block -> PACKAGE.matcher(block.text()).results())
                .map(match -> match.group(1))
                .toList();
        home = packages.isEmpty() ? "com.example.docs" : packages.get(0);
        TreeSet<String> generated = new TreeSet<>(packages);
        page.blocks("proto").forEach(block -> generated.add(new ProtoBlock(block).javaPackage()));
        imports = preludeImports()
                + generated.stream().map(name -> "import " + name + ".*;").collect(Collectors.joining(" "));
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(JavaBlocks.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String preludeImports() {
        return IMPORT.matcher(PRELUDE)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining(
                        " ", "import com.example.docs.*; import static com.example.docs.Prelude.*; ", " "));
    }

    /** What is wrong with them, as {@code page:line: message}; empty if nothing is. Classes are written into {@code into}. */
    List<String> compile(Path into) {
        List<JavaSource> sources = new ArrayList<>(List.of(JavaSource.of("Prelude", PRELUDE)));
        page.blocks("java").stream().map(this::source).forEach(sources::add);
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of("-classpath", System.getProperty("java.class.path"), "-d", into.toString()));
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        COMPILER.getTask(null, null, found, options, null, sources).call();
        return found.getDiagnostics().stream().map(this::message).toList();
    }

    private JavaSource source(Block block) {
        List<JavaSource> forms = List.of(file(block), statements(block), members(block));
        return forms.stream().filter(JavaBlocks::parses).findFirst().orElse(forms.get(1));
    }

    private JavaSource file(Block block) {
        String text = block.text();
        String header = PACKAGE.matcher(text).find() ? "" : "package " + home + "; ";
        return JavaSource.of(block, IMPORT.matcher(text).find() ? header : header + imports, text, "");
    }

    private JavaSource statements(Block block) {
        return wrapped(block, " void shown() throws Exception {", "}}");
    }

    private JavaSource members(Block block) {
        return wrapped(block, "", "}");
    }

    /** A block's own imports stay where they are, and the class begins behind them. */
    private JavaSource wrapped(Block block, String opening, String closing) {
        Matcher leading = LEADING_IMPORTS.matcher(block.text() + "\n");
        String own = leading.find() ? leading.group() : "";
        String rest = block.text().substring(Math.min(own.length(), block.text().length()));
        String type = "abstract class Shown" + block.line() + " extends Prelude { " + block.given() + opening + " ";
        return JavaSource.of(block, "package " + home + "; " + imports, own + type + rest, closing);
    }

    private static boolean parses(JavaSource source) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) COMPILER.getTask(null, null, found, OPTIONS, null, List.of(source));
        try {
            task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.getDiagnostics().isEmpty();
    }

    private String message(Diagnostic<? extends JavaFileObject> diagnostic) {
        String text = diagnostic.getMessage(Locale.ROOT);
        return diagnostic.getSource() instanceof JavaSource source
                ? page.path() + ":" + source.pageLine(diagnostic.getLineNumber()) + ": " + text
                : page.path() + ": " + text;
    }
}
