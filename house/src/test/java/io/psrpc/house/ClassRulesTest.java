package io.psrpc.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.psrpc.house.broken.Careless;
import io.psrpc.house.broken.Sleeper;
import io.psrpc.house.broken.internal.Secret;
import io.psrpc.house.broken.unmarked.Unmarked;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClassRulesTest {
    private static void assertBroken(ArchRule rule, Class<?> breaker, String... messages) {
        rule.check(new ClassFileImporter().importPath(Path.of("target", "classes")));
        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(breaker)))
                .isInstanceOf(AssertionError.class)
                .satisfies(failure -> assertThat(failure.getMessage()).contains(messages));
    }

    @Test
    void sleepsAreFound() {
        assertBroken(ClassRules.NOBODY_SLEEPS, Sleeper.class, "Thread.sleep(long)", "TimeUnit.sleep(long)");
    }

    @Test
    void packagesWithoutNullMarkedAreFound() {
        assertBroken(
                ClassRules.PACKAGES_ARE_NULL_MARKED, Unmarked.class, "io.psrpc.house.broken.unmarked: no package-info");
    }

    @Test
    void openClassesAreFound() {
        assertBroken(ClassRules.CLASSES_ARE_FINAL, Careless.class, "Careless may be extended (expected: final)");
    }

    @Test
    void internalTypesInSignaturesAreFound() {
        ArchRule rule = ClassRules.SIGNATURES_SHOW_NO_INTERNAL_TYPE;

        assertBroken(rule, Careless.class, "Careless shows " + Secret.class.getName());
        assertBroken(rule, Careless.Parent.class, "Parent shows " + Secret.class.getName());
        assertBroken(rule, Careless.Field.class, "Field shows " + Secret.class.getName());
        assertBroken(rule, Careless.Argument.class, "Argument shows " + Secret.class.getName());
    }

    @Test
    void whatCannotBeTriedIsFound() {
        assertBroken(ClassRules.WHAT_IS_CLOSED_IS_AUTO_CLOSEABLE, Careless.class, "Careless");
    }
}
