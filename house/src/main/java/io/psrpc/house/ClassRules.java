package io.psrpc.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules for a module's classes. */
final class ClassRules {
    static final ArchRule NOBODY_SLEEPS = noClasses()
            .should()
            .accessTargetWhere(describe("sleeps", ClassRules::sleeps))
            .allowEmptyShould(true);

    static final ArchRule PACKAGES_ARE_NULL_MARKED = classes()
            .should(condition("be in a @NullMarked package", (type, events) -> {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(violated(type, type.getPackageName() + ": no package-info.java with @NullMarked"));
                }
            }));

    static final ArchRule CLASSES_ARE_FINAL = classes()
            .that(describe("are written as classes", ClassRules::isWrittenAsClass))
            .should(condition("be final, abstract, or extended here", (type, events) -> {
                Set<JavaModifier> modifiers = type.getModifiers();
                if (!modifiers.contains(JavaModifier.FINAL)
                        && !modifiers.contains(JavaModifier.ABSTRACT)
                        && type.getAllSubclasses().isEmpty()) {
                    events.add(violated(type, type.getName() + " may be extended (expected: final)"));
                }
            }))
            .allowEmptyShould(true);

    static final ArchRule SIGNATURES_SHOW_NO_INTERNAL_TYPE = classes()
            .that(areShown())
            .should(condition(
                    "show no internal type",
                    (type, events) -> typesShownBy(type)
                            .filter(shown -> isInternal(shown))
                            .distinct()
                            .forEach(
                                    shown -> events.add(violated(type, type.getName() + " shows " + shown.getName())))))
            .allowEmptyShould(true);

    static final ArchRule WHAT_IS_CLOSED_IS_AUTO_CLOSEABLE = classes()
            .that(areShown())
            .and(describe("have a close()", type -> type.tryGetMethod("close").isPresent()))
            .should()
            .beAssignableTo(AutoCloseable.class)
            .allowEmptyShould(true);

    private ClassRules() {}

    private static boolean sleeps(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return access.getName().equals("sleep")
                && (owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit"));
    }

    private static boolean isWrittenAsClass(JavaClass type) {
        return !type.isInterface()
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !type.getSimpleName().equals("package-info");
    }

    private static DescribedPredicate<JavaClass> areShown() {
        return describe("users see", type -> isShown(type) && !isInternal(type));
    }

    private static boolean isShown(JavaClass type) {
        return (type.getModifiers().contains(JavaModifier.PUBLIC)
                        || type.getModifiers().contains(JavaModifier.PROTECTED))
                && type.getEnclosingClass().map(ClassRules::isShown).orElse(true);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith("io.psrpc")
                && type.getPackageName().contains(".internal");
    }

    private static Stream<JavaClass> typesShownBy(JavaClass type) {
        Stream<JavaClass> above = Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
        Stream<JavaClass> within = type.getMembers().stream()
                .filter(member -> isShown(member))
                .flatMap(member -> member.getAllInvolvedRawTypes().stream());
        return Stream.concat(above, within);
    }

    private static boolean isShown(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaClass> condition(
            String description, BiConsumer<JavaClass, ConditionEvents> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, events);
            }
        };
    }
}
