package io.psrpc.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiListingTest {
    @TempDir
    Path module;

    private Path sources() {
        return module.resolve("src/main/java");
    }

    private void write(String file, String text) throws IOException {
        Path path = sources().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private ApiListing listing() {
        return ApiListing.of(ApiSource.read(sources()));
    }

    @Test
    void listsWhatUsersSeeAndNothingElse() throws IOException {
        write("shop/Shop.java", """
                package shop;

                import java.io.IOException;
                import java.util.*;
                import org.jspecify.annotations.Nullable;

                /** A shop. */
                public abstract class Shop<T extends Comparable<T>> implements AutoCloseable {
                    /** Most. */
                    public static final int MOST = 3;
                    private int hidden;

                    /** Opens. */
                    protected Shop(@Nullable String name, int... sizes) {}

                    Shop() {}

                    /** Sells. */
                    public abstract <E extends Exception> Map<String, ? super T @Nullable []> sell(List<? extends T> goods) throws IOException, E;

                    /** Looks. */
                    @Deprecated
                    public final Map.@Nullable Entry<String, T> look() { return null; }

                    @Override
                    public void close() {}

                    @Override
                    public String toString() { return ""; }

                    private void count() {}

                    /** What is sold. */
                    public record Good(String name, @Nullable Good part) {
                        /** Of that name. */
                        public static Good of(String name) { return new Good(name, null); }
                    }
                }

                class Hidden {}
                """);
        write("shop/Size.java", """
                package shop;

                /** How large. */
                public enum Size {
                    /** So. */
                    SMALL,
                    /** Or so. */
                    LARGE;

                    private int unused;
                }
                """);
        write("shop/Till.java", """
                package shop;

                /** A till. */
                public sealed interface Till permits Till.Open {
                    /** Counts. */
                    default int count() { return 0; }

                    /** Adds. */
                    void add(int coin);

                    /** Open. */
                    non-sealed interface Open extends Till {}
                }
                """);
        write("shop/internal/Safe.java", """
                package shop.internal;

                public class Safe {}
                """);

        assertThat(listing().lines())
                .containsExactly(
                        "# What users see. To accept a change of it: scripts/api",
                        "",
                        "package shop",
                        "",
                        "abstract class shop.Shop<T extends Comparable<T>> implements AutoCloseable",
                        "    static final int MOST",
                        "    protected Shop(@Nullable String name, int... sizes)",
                        "    abstract <E extends Exception> Map<String, ? super T @Nullable []> sell(List<? extends T> goods)"
                                + " throws IOException, E",
                        "    @Deprecated final @Nullable Map.Entry<String, T> look()",
                        "    void close()",
                        "",
                        "record shop.Shop.Good(String name, @Nullable shop.Shop.Good part)",
                        "    static shop.Shop.Good of(String name)",
                        "",
                        "enum shop.Size",
                        "    SMALL, LARGE",
                        "",
                        "sealed interface shop.Till permits shop.Till.Open",
                        "    default int count()",
                        "    void add(int coin)",
                        "",
                        "non-sealed interface shop.Till.Open extends shop.Till");
        assertThat(listing().undocumented()).isEmpty();
    }

    @Test
    void aModuleShowsWhatItExports() throws IOException {
        write("module-info.java", "module shop { exports shop; }");
        write("shop/Shop.java", "package shop; /** A shop. */ public interface Shop {}");
        write("shop/cellar/Barrel.java", "package shop.cellar; public class Barrel {}");

        assertThat(listing().lines()).endsWith("interface shop.Shop").doesNotContain("package shop.cellar");
    }

    @Test
    void whatAHiddenParentGivesIsListedToo() throws IOException {
        write("shop/Shop.java", """
                package shop;

                /** A shop. */
                public final class Shop extends House {}

                abstract class House {
                    House() {}

                    /** Comes in. */
                    public void enter() {}
                }
                """);

        assertThat(listing().lines())
                .endsWith("final class shop.Shop extends shop.House", "    Shop()", "    void enter()");
    }

    @Test
    void whatHasNoCommentIsNamed() throws IOException {
        write(
                "shop/Shop.java",
                "package shop; public class Shop { public int open; @Override public int hashCode() { return 1; } }");

        assertThat(listing().undocumented())
                .containsExactly("class shop.Shop", "class shop.Shop: Shop()", "class shop.Shop: int open");
        assertThatThrownBy(listing()::checkDocumented).hasMessageContaining("class shop.Shop: int open");
    }

    @Test
    void aChangeFailsAndSaysHowToAcceptIt() throws IOException {
        Path listed = module.resolve("api.txt");
        write("shop/Shop.java", "package shop; /** A shop. */ public interface Shop { /** Opens. */ void open(); }");
        Files.write(listed, listing().lines());
        listing().check(listed);

        write(
                "shop/Shop.java",
                "package shop; /** A shop. */ public interface Shop { /** Opens. */ void open(int door); }");

        assertThatThrownBy(() -> listing().check(listed))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("""
                        - interface shop.Shop: void open()
                        + interface shop.Shop: void open(int door)
                        To accept the change: scripts/api""");
    }

    @Test
    void sourcesThatDoNotCompileAreRefused() throws IOException {
        write("shop/Shop.java", "package shop; public class Shop { Nothing n; }");

        assertThatThrownBy(this::listing)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Nothing");
    }
}
