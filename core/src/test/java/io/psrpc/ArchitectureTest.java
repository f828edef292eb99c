package io.psrpc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house rules that a compiler does not know. */
class ArchitectureTest {
    private static final int MOST_PUBLIC_TYPES = 48;
    private static final Set<String> EXPORTED = Set.of("io.psrpc", "io.psrpc.stub", "io.psrpc.bus");

    private final JavaClasses core = new ClassFileImporter()
            .importUrl(
                    PsrpcException.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void roomsOfTheEngineDependInOneDirection() {
        slices().matching("io.psrpc.internal.(*)..").should().beFreeOfCycles().check(core);
    }

    @Test
    void clientAndServerDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.psrpc.internal.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.psrpc.internal.server..")
                .check(core);
        noClasses()
                .that()
                .resideInAPackage("io.psrpc.internal.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.psrpc.internal.client..")
                .check(core);
    }

    @Test
    void coreNeedsProtobufAlone() {
        classes()
                .that()
                .resideInAPackage("io.psrpc..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.psrpc..", "com.google.protobuf..", "org.jspecify..", "java..")
                .check(core);
    }

    @Test
    void timeComesFromTheTimekeeper() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.psrpc.internal.time..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(core);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(core);
    }

    @Test
    void publicSignaturesShowNoInternalType() {
        methods()
                .that()
                .areDeclaredInClassesThat(areExported())
                .and()
                .arePublic()
                .should(showNoInternalType())
                .check(core);
    }

    @Test
    void theDoorIsSmall() {
        assertThat(core.stream()
                        .filter(c -> EXPORTED.contains(c.getPackageName()))
                        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC) && c.isTopLevelClass())
                        .map(JavaClass::getSimpleName))
                .hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }

    private static DescribedPredicate<JavaClass> areExported() {
        return DescribedPredicate.describe(
                "are exported",
                c -> EXPORTED.contains(c.getPackageName()) && c.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static ArchCondition<JavaMethod> showNoInternalType() {
        return new ArchCondition<>("show no internal type") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getAllInvolvedRawTypes().stream()
                        .filter(type -> type.getPackageName().startsWith("io.psrpc.internal"))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " shows " + type.getName())));
            }
        };
    }
}
