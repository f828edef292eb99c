package io.psrpc.house;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** A type or member in one line: what its users and its implementers depend on, and no more. */
final class Signature {
    private static final Set<Modifier> TOLD = Set.of(
            Modifier.PROTECTED,
            Modifier.STATIC,
            Modifier.DEFAULT,
            Modifier.ABSTRACT,
            Modifier.FINAL,
            Modifier.SEALED,
            Modifier.NON_SEALED);

    private Signature() {}

    /** What it is declared in. */
    static Element around(Element member) {
        return Objects.requireNonNull(member.getEnclosingElement(), "enclosing element");
    }

    /** Public, or to be seen by who extends it. */
    static boolean isShown(Element element) {
        Set<Modifier> modifiers = element.getModifiers();
        return modifiers.contains(Modifier.PUBLIC)
                || (modifiers.contains(Modifier.PROTECTED)
                        && !around(element).getModifiers().contains(Modifier.FINAL));
    }

    static String of(TypeElement type) {
        return deprecation(type)
                + modifiers(type)
                + kind(type)
                + TypeName.of(type)
                + parameters(type.getTypeParameters())
                + components(type)
                + parents(type);
    }

    /** A field, method or constructor. */
    static String of(Element member) {
        return deprecation(member)
                + modifiers(member)
                + (member instanceof ExecutableElement executable ? signature(executable) : field(member));
    }

    private static String field(Element field) {
        return TypeName.of(field.asType()) + " " + field.getSimpleName();
    }

    private static String signature(ExecutableElement member) {
        String typeParameters = parameters(member.getTypeParameters());
        boolean isConstructor = member.getKind() == ElementKind.CONSTRUCTOR;
        return (typeParameters.isEmpty() ? "" : typeParameters + " ")
                + (isConstructor
                        ? around(member).getSimpleName()
                        : TypeName.of(member.getReturnType()) + " " + member.getSimpleName())
                + arguments(member)
                + list(" throws ", member.getThrownTypes());
    }

    private static String arguments(ExecutableElement member) {
        List<? extends VariableElement> arguments = member.getParameters();
        String told = arguments.stream()
                .map(argument -> TypeName.of(argument.asType()) + " " + argument.getSimpleName())
                .collect(joining(", ", "(", ")"));
        if (!member.isVarArgs()) {
            return told;
        }
        int last = told.lastIndexOf("[] ");
        return told.substring(0, last) + "... " + told.substring(last + 3);
    }

    private static String deprecation(AnnotatedConstruct element) {
        return element.getAnnotation(Deprecated.class) == null ? "" : "@Deprecated ";
    }

    private static String modifiers(Element element) {
        Set<Modifier> implied = switch (element.getKind()) {
            case INTERFACE, ANNOTATION_TYPE -> Set.of(Modifier.ABSTRACT, Modifier.STATIC);
            case RECORD, ENUM -> Set.of(Modifier.FINAL, Modifier.STATIC);
            case CLASS -> Set.of(Modifier.STATIC);
            default -> isInterface(around(element)) ? Set.of(Modifier.ABSTRACT) : Set.of();
        };
        return element.getModifiers().stream()
                .filter(modifier -> TOLD.contains(modifier) && !implied.contains(modifier))
                .filter(modifier -> modifier != Modifier.FINAL || !isMemberOfFinal(element))
                .map(modifier -> modifier + " ")
                .collect(joining());
    }

    private static boolean isInterface(Element element) {
        return element.getKind().isInterface();
    }

    private static boolean isMemberOfFinal(Element element) {
        return element.getKind() == ElementKind.METHOD
                && around(element).getModifiers().contains(Modifier.FINAL);
    }

    private static String kind(TypeElement type) {
        return type.getKind() == ElementKind.ANNOTATION_TYPE
                ? "@interface "
                : type.getKind().name().toLowerCase(Locale.ROOT) + " ";
    }

    private static String parameters(List<? extends TypeParameterElement> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream().map(Signature::parameter).collect(joining(", ", "<", ">"));
    }

    private static String parameter(TypeParameterElement parameter) {
        String bounds = parameter.getBounds().stream()
                .map(TypeName::of)
                .filter(bound -> !bound.equals("Object"))
                .collect(joining(" & "));
        return parameter.getSimpleName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String components(TypeElement type) {
        List<? extends RecordComponentElement> components = type.getRecordComponents();
        return type.getKind() != ElementKind.RECORD
                ? ""
                : components.stream()
                        .map(component -> TypeName.of(component.asType()) + " " + component.getSimpleName())
                        .collect(joining(", ", "(", ")"));
    }

    private static String parents(TypeElement type) {
        Stream<TypeMirror> above = Stream.of(type.getSuperclass())
                .filter(parent -> type.getKind() == ElementKind.CLASS && parent.getKind() != TypeKind.NONE)
                .filter(parent -> !TypeName.of(parent).equals("Object"));
        return list(" extends ", above.toList())
                + list(isInterface(type) ? " extends " : " implements ", type.getInterfaces())
                + list(" permits ", permitted(type));
    }

    /** Those that users can name: that there are others says "sealed". */
    private static List<? extends TypeMirror> permitted(TypeElement type) {
        return type.getPermittedSubclasses().stream()
                .filter(permitted -> !permitted.toString().contains(".internal."))
                .toList();
    }

    private static String list(String word, List<? extends TypeMirror> types) {
        return types.isEmpty() ? "" : types.stream().map(TypeName::of).collect(joining(", ", word, ""));
    }
}
