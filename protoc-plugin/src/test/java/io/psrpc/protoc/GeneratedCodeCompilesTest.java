package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import io.psrpc.stub.ServiceDefinition;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compiles what is generated, against the runtime and protoc's own message classes, with every warning an error. */
@Rows("G01")
class GeneratedCodeCompilesTest {
    @TempDir
    Path classes;

    @ParameterizedTest
    @FieldSource("io.psrpc.protoc.TestProtos#CASES")
    void withoutWarnings(String proto) {
        Map<String, String> sources = TestProtos.sources(proto);
        assertThat(sources).isNotEmpty();
        assertThat(compile(sources)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("io.psrpc.protoc.TestProtos#CASES")
    void intoDefinitionsThatTheRuntimeTakes(String proto) throws Exception {
        Map<String, String> sources = TestProtos.sources(proto);
        compile(sources);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            for (String path : sources.keySet()) {
                if (path.endsWith("Methods.java")) {
                    String name = path.replaceFirst("\\.java$", "").replace('/', '.');
                    assertThat(definition(loader.loadClass(name)).name())
                            .isEqualTo(name.replaceFirst("Methods$", "").replaceFirst("^.*\\.", ""));
                }
            }
        }
    }

    private static ServiceDefinition definition(Class<?> methods) throws ReflectiveOperationException {
        return (ServiceDefinition) methods.getField("SERVICE").get(null);
    }

    private List<String> compile(Map<String, String> sources) {
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((path, text) -> files.add(new Source(path, text)));
        // What a class path may hold is not the generator's doing; nor is who claims which annotation.
        List<String> options = List.of(
                "-Xlint:all,-path,-processing,-classfile",
                "-Werror",
                "-proc:none",
                "--release",
                "17",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled =
                compiler.getTask(null, null, diagnostics, options, null, files).call();
        List<String> messages = diagnostics.getDiagnostics().stream()
                .map(GeneratedCodeCompilesTest::message)
                .collect(Collectors.toList());
        if (!compiled && messages.isEmpty()) {
            messages.add("not compiled");
        }
        return messages;
    }

    private static String message(Diagnostic<? extends JavaFileObject> diagnostic) {
        return diagnostic.toString() + " " + diagnostic.getMessage(Locale.ROOT);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
