package io.psrpc;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house rules that a compiler does not know. */
class ArchitectureTest {
    private static final int MOST_PUBLIC_TYPES = 48;
    private static final Set<String> EXPORTED = Set.of("io.psrpc", "io.psrpc.stub", "io.psrpc.bus");

    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(
                    PsrpcException.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void roomsOfTheEngineDependInOneDirection() {
        slices().matching("io.psrpc.internal.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void whatUsersTypeKnowsNeitherBusNorStubs() {
        noClasses()
                .that()
                .resideInAPackage("io.psrpc")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.psrpc.bus", "io.psrpc.stub")
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("io.psrpc.bus")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.psrpc.stub")
                .check(CORE);
    }

    @Test
    void clientAndServerDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.psrpc.internal.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.psrpc.internal.server..")
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("io.psrpc.internal.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.psrpc.internal.client..")
                .check(CORE);
    }

    @Test
    void coreNeedsProtobufAlone() {
        classes()
                .that()
                .resideInAPackage("io.psrpc..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.psrpc..",
                        "com.google.protobuf..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations..",
                        "java..")
                .check(CORE);
    }

    @Test
    void timeComesFromTheTimekeeper() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.psrpc.internal.time.TimerWheel")
                .should()
                .accessTargetWhere(describe("read a clock", ArchitectureTest::readsClock))
                .check(CORE);
    }

    private static boolean readsClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return (owner.equals("java.lang.System") && (name.equals("nanoTime") || name.equals("currentTimeMillis")))
                || (owner.startsWith("java.time.") && (name.equals("now") || owner.equals("java.time.Clock")))
                || owner.equals("java.util.Date");
    }

    @Test
    void nobodyWaitsByGivingWay() {
        noClasses().should().callMethod(Thread.class, "yield").check(CORE);
    }

    /** Ready for native images. Two look-ups are no reflection: of virtual threads, and of whether a class is initialised. */
    @Test
    void nothingIsReflected() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.psrpc.internal.execution.VirtualThreads")
                .and()
                .doNotHaveFullyQualifiedName("io.psrpc.internal.ApiAccess$Holder")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleNameStartingWith("MethodHandle")
                .orShould()
                .accessTargetWhere(describe("find classes and members by name", ArchitectureTest::reflects))
                .check(CORE);
    }

    private static boolean reflects(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(Class.class)
                && (access.getName().equals("forName")
                        || access.getName().matches("get(Declared)?(Method|Field|Constructor|Record|Class).*"));
    }

    @Test
    void theDoorIsSmall() {
        assertThat(CORE.stream()
                        .filter(c -> EXPORTED.contains(c.getPackageName()))
                        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC) && c.isTopLevelClass())
                        .map(JavaClass::getSimpleName))
                .hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }
}
