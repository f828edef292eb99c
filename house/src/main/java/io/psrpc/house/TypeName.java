package io.psrpc.house;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Types as one would write them with everything imported that is Java's, protobuf's or ours; with their nullness. */
final class TypeName extends SimpleTypeVisitor14<String, Void> {
    private static final List<String> IMPORTED = List.of("java.", "com.google.protobuf", "io.psrpc");

    private TypeName() {}

    static String of(TypeMirror type) {
        return Objects.requireNonNull(new TypeName().visit(type), "name");
    }

    static String of(TypeElement type) {
        Element outer = type.getEnclosingElement();
        if (outer instanceof TypeElement around) {
            return of(around) + "." + type.getSimpleName();
        }
        String home =
                outer instanceof PackageElement room ? room.getQualifiedName().toString() : "";
        boolean isImported = IMPORTED.stream().anyMatch(home::startsWith);
        return (isImported ? type.getSimpleName() : type.getQualifiedName()).toString();
    }

    private static String annotations(AnnotatedConstruct type) {
        return type.getAnnotationMirrors().stream()
                .map(annotation ->
                        "@" + annotation.getAnnotationType().asElement().getSimpleName() + " ")
                .collect(joining());
    }

    @Override
    protected String defaultAction(TypeMirror type, Void nothing) {
        return annotations(type) + type.getKind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String visitDeclared(DeclaredType type, Void nothing) {
        String arguments = type.getTypeArguments().isEmpty()
                ? ""
                : type.getTypeArguments().stream().map(TypeName::of).collect(joining(", ", "<", ">"));
        return annotations(type) + of((TypeElement) type.asElement()) + arguments;
    }

    @Override
    public String visitArray(ArrayType type, Void nothing) {
        String annotations = annotations(type);
        return of(type.getComponentType()) + (annotations.isEmpty() ? "" : " " + annotations) + "[]";
    }

    @Override
    public String visitTypeVariable(TypeVariable type, Void nothing) {
        return annotations(type) + type.asElement().getSimpleName();
    }

    @Override
    public String visitWildcard(WildcardType type, Void nothing) {
        TypeMirror upper = type.getExtendsBound();
        TypeMirror lower = type.getSuperBound();
        return annotations(type)
                + "?"
                + (upper == null ? "" : " extends " + of(upper))
                + (lower == null ? "" : " super " + of(lower));
    }
}
