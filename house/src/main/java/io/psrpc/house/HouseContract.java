package io.psrpc.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tests that every module passes. A module's test class implements this, and adds nothing; it runs in the module's folder. */
public interface HouseContract {
    /** What users see of the module, as it is checked in. */
    Path LISTING = Path.of("api.txt");

    /** A system property: true has the listing written instead of compared. */
    String RENEW = "psrpc.api.renew";

    /** Its classes. */
    JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    /** A sleep is a race that is mostly won. */
    @Test
    default void nobodySleeps() {
        ClassRules.NOBODY_SLEEPS.check(CLASSES);
        ClassRules.NOBODY_SLEEPS.check(new ClassFileImporter().importPath(Path.of("target", "test-classes")));
    }

    /** Where nothing else is said, nothing is null. */
    @Test
    default void everyPackageIsNullMarked() {
        ClassRules.PACKAGES_ARE_NULL_MARKED.check(CLASSES);
    }

    /** Whoever may extend a class has been invited to. */
    @Test
    default void classesAreFinalOrMadeToBeExtended() {
        ClassRules.CLASSES_ARE_FINAL.check(CLASSES);
    }

    /** Users can name every type that they are shown. */
    @Test
    default void publicSignaturesShowNoInternalType() {
        ClassRules.SIGNATURES_SHOW_NO_INTERNAL_TYPE.check(CLASSES);
    }

    /** Whatever users close fits into a try. */
    @Test
    default void whatIsClosedIsAutoCloseable() {
        ClassRules.WHAT_IS_CLOSED_IS_AUTO_CLOSEABLE.check(CLASSES);
    }

    /** Nobody changes what users see without seeing it. */
    @Test
    default void publicApiIsAsListed() {
        ApiListing listing = ApiListing.of(ApiSource.read(Path.of("src", "main", "java")));
        if (Boolean.getBoolean(RENEW)) {
            listing.write(LISTING);
        } else {
            listing.check(LISTING);
        }
    }

    /** Whatever users see says what it is. */
    @Test
    default void publicApiIsDocumented() {
        ApiListing.of(ApiSource.read(Path.of("src", "main", "java"))).checkDocumented();
    }
}
