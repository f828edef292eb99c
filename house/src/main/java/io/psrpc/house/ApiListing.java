package io.psrpc.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Elements;

/** What users see of a module, one line for each type and member, and which of it has no comment. */
public final class ApiListing {
    private static final String HEAD = "# What users see. To accept a change of it: scripts/api";
    private static final String INDENT = "    ";
    private static final int WIDTH = 120;
    private static final Set<String> OF_OBJECTS = Set.of("toString", "hashCode", "equals");
    private static final Set<String> OF_ENUMS = Set.of("values", "valueOf");

    private final Elements elements;
    private final List<String> lines = new ArrayList<>(List.of(HEAD));
    private final List<String> undocumented = new ArrayList<>();

    private ApiListing(Elements elements) {
        this.elements = elements;
    }

    /** Lists it. */
    static ApiListing of(ApiSource source) {
        ApiListing listing = new ApiListing(source.elements());
        String room = "";
        for (TypeElement type : source.types()) {
            String itsRoom =
                    source.elements().getPackageOf(type).getQualifiedName().toString();
            if (!itsRoom.equals(room)) {
                room = itsRoom;
                listing.lines.addAll(List.of("", "package " + room));
            }
            listing.add(type);
        }
        return listing;
    }

    List<String> lines() {
        return lines;
    }

    List<String> undocumented() {
        return undocumented;
    }

    /** Writes it down, to be checked in. */
    void write(Path file) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares it with what is checked in. */
    void check(Path file) {
        try {
            List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (!lines.equals(before)) {
                throw new AssertionError(difference(file, before));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void checkDocumented() {
        if (!undocumented.isEmpty()) {
            throw new AssertionError("without a comment:\n" + String.join("\n", undocumented));
        }
    }

    private String difference(Path file, List<String> before) {
        List<String> gone = withTypes(before);
        gone.removeAll(withTypes(lines));
        List<String> come = withTypes(lines);
        come.removeAll(withTypes(before));
        StringBuilder text = new StringBuilder("what users see is not what " + file + " says:\n");
        gone.forEach(line -> text.append("- ").append(line).append('\n'));
        come.forEach(line -> text.append("+ ").append(line).append('\n'));
        return text.append("To accept the change: scripts/api").toString();
    }

    /** Each member behind its type. */
    private static List<String> withTypes(List<String> lines) {
        List<String> told = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            if (line.startsWith(INDENT)) {
                told.add(type + ": " + line.strip());
            } else {
                type = line;
                told.add(line);
            }
        }
        return told;
    }

    private void add(TypeElement type) {
        lines.add("");
        lines.add(Signature.of(type));
        note(type, Signature.of(type));
        List<? extends Element> members = members(type);
        addConstants(type, members);
        for (Element member : members) {
            if (Signature.isShown(member) && isTold(member)) {
                lines.add(INDENT + Signature.of(member));
                note(member, Signature.of(type) + ": " + Signature.of(member));
            }
        }
        members.stream()
                .filter(member -> member instanceof TypeElement && Signature.isShown(member))
                .forEach(member -> add((TypeElement) member));
    }

    /** Those of parents that users cannot name are its own to them. */
    private static List<Element> members(TypeElement type) {
        List<Element> members = new ArrayList<>(type.getEnclosedElements());
        if (type.getSuperclass() instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement parent
                && !parent.getModifiers().contains(Modifier.PUBLIC)) {
            members(parent).stream()
                    .filter(member -> member.getKind() != ElementKind.CONSTRUCTOR)
                    .forEach(members::add);
        }
        return members;
    }

    private void addConstants(TypeElement type, List<? extends Element> members) {
        StringBuilder line = new StringBuilder();
        for (Element member : members) {
            if (member.getKind() == ElementKind.ENUM_CONSTANT) {
                note(member, Signature.of(type) + ": " + member.getSimpleName());
                if (line.length() + member.getSimpleName().length() > WIDTH) {
                    lines.add(INDENT + line);
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : ", ").append(member.getSimpleName());
            }
        }
        if (!line.isEmpty()) {
            lines.add(INDENT + line);
        }
    }

    /** Not what every enum, record or object has. */
    private static boolean isTold(Element member) {
        Element around = Signature.around(member);
        String name = member.getSimpleName().toString();
        return switch (member.getKind()) {
            case CONSTRUCTOR -> !(around instanceof TypeElement type && isCanonical((ExecutableElement) member, type));
            case METHOD ->
                !OF_OBJECTS.contains(name)
                        && !(around.getKind() == ElementKind.ENUM && OF_ENUMS.contains(name))
                        && !(around instanceof TypeElement type && isComponent((ExecutableElement) member, type));
            case FIELD -> true;
            default -> false;
        };
    }

    private static boolean isCanonical(ExecutableElement constructor, TypeElement type) {
        return type.getKind() == ElementKind.RECORD
                && names(constructor.getParameters()).equals(names(type.getRecordComponents()));
    }

    private static boolean isComponent(ExecutableElement method, TypeElement type) {
        return method.getParameters().isEmpty()
                && names(type.getRecordComponents())
                        .contains(method.getSimpleName().toString());
    }

    private static List<String> names(List<? extends Element> elements) {
        return elements.stream()
                .map(element -> element.getSimpleName().toString())
                .toList();
    }

    private void note(Element element, String label) {
        boolean inherits = element instanceof ExecutableElement && element.getAnnotation(Override.class) != null;
        if (!inherits && elements.getDocComment(element) == null) {
            undocumented.add(label);
        }
    }
}
