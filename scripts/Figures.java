import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** Counts the lines of files and methods, and the types that users see, and compares them with the house style. */
final class Figures {
    private record Sized(String name, long lines) {}

    private final List<Sized> files = new ArrayList<>();
    private final List<Sized> methods = new ArrayList<>();
    private final Set<String> exported = new HashSet<>();
    private int shown;
    private int packagePrivate;
    private int publicWithin;

    public static void main(String[] modules) throws IOException {
        for (String module : modules) {
            printIfAny(module, Path.of(module, "src", "main", "java"), true);
            printIfAny(module + ", tests", Path.of(module, "src", "test", "java"), false);
        }
    }

    private static void printIfAny(String title, Path folder, boolean isMain) throws IOException {
        if (Files.isDirectory(folder)) {
            Figures figures = new Figures();
            figures.count(folder);
            if (!figures.files.isEmpty()) {
                System.out.println(title);
                if (isMain) {
                    figures.printTypes(title);
                }
                figures.printSizes();
            }
        }
    }

    private void count(Path folder) throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(folder)) {
            sources = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        JavacTask task = (JavacTask) compiler.getTask(
                null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
        List<CompilationUnitTree> units = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            units.add(unit);
            noteExports(unit);
        }
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        for (CompilationUnitTree unit : units) {
            String name = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
            if (!name.equals("package-info.java") && !name.equals("module-info.java")) {
                files.add(new Sized(name, unit.getLineMap().getLineNumber(positions.getEndPosition(unit, unit))));
                unit.getTypeDecls().forEach(type -> noteType(unit, type));
                noteMethods(unit, positions);
            }
        }
    }

    private void noteExports(CompilationUnitTree unit) {
        if (unit.getModule() != null) {
            unit.getModule().getDirectives().stream()
                    .filter(directive -> directive instanceof ExportsTree exports && exports.getModuleNames() == null)
                    .forEach(directive -> exported.add(((ExportsTree) directive).getPackageName().toString()));
        }
    }

    private void noteType(CompilationUnitTree unit, Tree tree) {
        if (!(tree instanceof ClassTree type)) {
            return;
        }
        String room = unit.getPackageName().toString();
        boolean isExported = exported.isEmpty() ? !room.contains(".internal") : exported.contains(room);
        if (!type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
            packagePrivate++;
        } else if (isExported) {
            shown++;
        } else {
            publicWithin++;
        }
    }

    private void noteMethods(CompilationUnitTree unit, SourcePositions positions) {
        LineMap lines = unit.getLineMap();
        new TreePathScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree type, String around) {
                return super.visitClass(type, type.getSimpleName().isEmpty() ? around : type.getSimpleName().toString());
            }

            @Override
            public Void visitMethod(MethodTree method, String around) {
                long end = positions.getEndPosition(unit, method);
                if (method.getBody() != null && end >= 0) {
                    long first = lines.getLineNumber(positions.getStartPosition(unit, method));
                    methods.add(new Sized(around + "." + method.getName(), lines.getLineNumber(end) - first + 1));
                }
                return super.visitMethod(method, around);
            }
        }.scan(unit, "");
    }

    private void printTypes(String module) {
        int most = module.equals("core") ? 48 : module.startsWith("bus-") ? 3 : Integer.MAX_VALUE;
        print("public types", String.valueOf(shown), shown <= most, most == Integer.MAX_VALUE ? "" : "at most " + most);
        int others = packagePrivate + publicWithin;
        if (others > 0) {
            double share = 1.0 * packagePrivate / others;
            print("package-private, of the others", percent(share) + " of " + others, share >= 0.5, "at least 50 %");
        }
    }

    private void printSizes() {
        Sized longest = longest(files);
        print("files", String.valueOf(files.size()), true, "");
        print("median file", lines(at(files, 0.5)), at(files, 0.5) <= 120, "at most 120");
        print("nine files in ten", "up to " + lines(at(files, 0.9)), at(files, 0.9) < 350, "under 350");
        print("longest file", lines(longest.lines) + ", " + longest.name, longest.lines <= 700, "at most 700");
        if (!methods.isEmpty()) {
            double share = 1.0 * methods.stream().filter(method -> method.lines < 20).count() / methods.size();
            Sized tallest = longest(methods);
            print("methods under 20 lines", percent(share) + " of " + methods.size(), share >= 0.9, "at least 90 %");
            print("longest method", lines(tallest.lines) + ", " + tallest.name, true, "");
        }
    }

    private static void print(String what, String figure, boolean isWithin, String limit) {
        String verdict = limit.isEmpty() ? "" : isWithin ? limit : limit + "  OUTSIDE";
        System.out.println(String.format("  %-32s%-52s%s", what, figure, verdict).stripTrailing());
    }

    private static Sized longest(List<Sized> sized) {
        return sized.stream().max(Comparator.comparingLong(Sized::lines)).orElseThrow();
    }

    /** The length that this share of them does not exceed. */
    private static long at(List<Sized> sized, double share) {
        List<Long> sorted = sized.stream().map(Sized::lines).sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static String lines(long count) {
        return count + " lines";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
