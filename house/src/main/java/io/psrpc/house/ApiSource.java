package io.psrpc.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DirectiveTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The public types of a module's exported packages, as the compiler reads them; without a module descriptor, those of all packages that
 * are not internal.
 *
 * @param types by name, top-level ones only
 * @param elements what tells comments and origins of their members
 */
record ApiSource(List<TypeElement> types, Elements elements) {
    private static final String DESCRIPTOR = "module-info.java";
    /** Read without its descriptor a module is none, and may not do that; its build has compiled it as one. */
    private static final String SEALED_ACROSS_PACKAGES =
            "compiler.err.class.in.unnamed.module.cant.extend.sealed.in.diff.package";

    /** Reads what is below {@code folder}; what that needs is on this program's class path. */
    static ApiSource read(Path folder) {
        Path descriptor = folder.resolve(DESCRIPTOR);
        boolean isModule = Files.exists(descriptor);
        Set<String> exported = isModule ? exported(descriptor) : Set.of();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        JavacTask task = task(
                told,
                files(folder).stream()
                        .filter(file -> !file.equals(descriptor))
                        .filter(file -> isModule
                                ? exported.contains(packageOf(folder, file))
                                : !packageOf(folder, file).contains(".internal"))
                        .toList());
        try {
            List<String> names = names(task.parse());
            // What it gives back is empty on newer JDKs where there is an error, whatever it is.
            task.analyze();
            List<TypeElement> types = publicTypes(task.getElements(), names);
            told.getDiagnostics().stream()
                    .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                    .filter(error -> !error.getCode().equals(SEALED_ACROSS_PACKAGES))
                    .findFirst()
                    .ifPresent(error -> {
                        throw new IllegalStateException(error.toString());
                    });
            return new ApiSource(types, task.getElements());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Iterable<? extends CompilationUnitTree> units) {
        List<String> names = new ArrayList<>();
        for (CompilationUnitTree unit : units) {
            for (Tree declared : unit.getTypeDecls()) {
                if (declared instanceof ClassTree type) {
                    names.add(unit.getPackageName() + "." + type.getSimpleName());
                }
            }
        }
        return names;
    }

    private static List<TypeElement> publicTypes(Elements elements, List<String> names) {
        return names.stream()
                .sorted()
                .map(elements::getTypeElement)
                .filter(type -> type.getModifiers().contains(Modifier.PUBLIC))
                .toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packageOf(Path folder, Path file) {
        Path path = folder.relativize(file).getParent();
        return path == null ? "" : path.toString().replace(File.separatorChar, '.');
    }

    private static Set<String> exported(Path descriptor) {
        Set<String> exported = new TreeSet<>();
        try {
            for (CompilationUnitTree unit :
                    task(new DiagnosticCollector<>(), List.of(descriptor)).parse()) {
                for (DirectiveTree directive :
                        Objects.requireNonNull(unit.getModule(), DESCRIPTOR).getDirectives()) {
                    if (directive instanceof ExportsTree exports && exports.getModuleNames() == null) {
                        exported.add(exports.getPackageName().toString());
                    }
                }
            }
            return exported;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavacTask task(DiagnosticCollector<JavaFileObject> told, List<Path> files) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "compiler");
        StandardJavaFileManager manager = compiler.getStandardFileManager(told, null, null);
        List<String> options = List.of(
                "-proc:none", "--should-stop=ifError=FLOW", "--class-path", System.getProperty("java.class.path"));
        return (JavacTask)
                compiler.getTask(null, manager, told, options, null, manager.getJavaFileObjectsFromPaths(files));
    }
}
