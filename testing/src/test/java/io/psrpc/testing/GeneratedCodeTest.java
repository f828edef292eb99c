package io.psrpc.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.example.fleet.FleetServer;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the generator writes for a service, beside the messages that protoc itself writes. */
class GeneratedCodeTest {
    private static final Set<String> API = Set.of("io.psrpc", "io.psrpc.bus", "io.psrpc.stub");

    private final JavaClasses fleet = new ClassFileImporter().importPackagesOf(FleetServer.class);

    @Test
    void needsThePublicApiAloneAndNoReflection() {
        classes()
                .that(describe("are written for a service", GeneratedCodeTest::isOfService))
                .should()
                .onlyDependOnClassesThat(
                        describe("users may name, and that do not reflect", GeneratedCodeTest::isForUsers))
                .check(fleet);
    }

    private static boolean isOfService(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(on -> on.getTargetClass().getPackageName())
                .anyMatch(room -> API.contains(room) || room.startsWith("io.psrpc.internal"));
    }

    private static boolean isForUsers(JavaClass type) {
        String room = type.getPackageName();
        boolean isJava =
                room.startsWith("java") && !room.equals("java.lang.reflect") && !type.isEquivalentTo(Class.class);
        return isJava
                || room.isEmpty()
                || room.equals("com.example.fleet")
                || room.equals("com.google.protobuf")
                || room.equals("org.jspecify.annotations")
                || API.contains(room);
    }
}
