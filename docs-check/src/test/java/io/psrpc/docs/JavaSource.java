package io.psrpc.docs;

import java.net.URI;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** A source in memory: a block as javac reads it, with one line before it. */
final class JavaSource extends SimpleJavaFileObject {
    private final int pageLine;
    private final String text;

    private JavaSource(String name, int pageLine, String text) {
        super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
        this.pageLine = pageLine;
        this.text = text;
    }

    static JavaSource of(Block block, String header, String text, String closing) {
        String name = block.slug() + "_" + block.line();
        return new JavaSource(name, block.line() - 1, header + "\n" + text + "\n" + closing + "\n");
    }

    /** One that stands on no page. */
    static JavaSource of(String name, String text) {
        return new JavaSource(name, 1, text);
    }

    /** Where on the page a line of the source stands. */
    long pageLine(long line) {
        return pageLine + Math.max(0, line - 1);
    }

    /** A page's public class is not in a file of its name. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.SOURCE && !simpleName.endsWith("-info");
    }

    @Override
    public @Nullable NestingKind getNestingKind() {
        return null;
    }

    @Override
    public @Nullable Modifier getAccessLevel() {
        return null;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
