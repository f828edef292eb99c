package io.psrpc.protoc;

import java.io.IOException;
import java.net.MalformedURLException;
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

/** Generated sources, compiled against the runtime and the tests' message classes, and loaded. */
final class GeneratedClasses implements AutoCloseable {
    private final URLClassLoader loader;

    /** Loads what was compiled into a directory. */
    GeneratedClasses(Path directory) throws MalformedURLException {
        loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
    }

    Class<?> load(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    /**
     * Compiles with every warning an error.
     *
     * @param sources by path
     * @return what the compiler says; empty: compiled
     */
    static List<String> compile(Path directory, Map<String, String> sources) {
        return compile(directory, sources, System.getProperty("java.class.path"));
    }

    /** The same against other libraries than the test's own. */
    static List<String> compile(Path directory, Map<String, String> sources, String classPath) {
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((path, text) -> files.add(new Source(path, text)));
        // What a class path may hold is not the generator's doing; nor is who claims which annotation.
        List<String> options = List.of(
                "-Xlint:all,-path,-processing,-classfile",
                "-Xdoclint:html,syntax,reference",
                "-Werror",
                "-proc:none",
                "--release",
                "17",
                "-classpath",
                classPath,
                "-d",
                directory.toString());
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled =
                compiler.getTask(null, null, diagnostics, options, null, files).call();
        List<String> messages = diagnostics.getDiagnostics().stream()
                .map(GeneratedClasses::message)
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
