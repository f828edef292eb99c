package io.psrpc.testing.behaviours.calls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the engine logs while this is open, which is then not printed. */
final class Logs extends Handler {
    private static final Logger ENGINE = Logger.getLogger("io.psrpc");

    private static final Formatter FORMAT = new SimpleFormatter();

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private boolean isOpen;

    Logs() {}

    /** From here on. */
    void open() {
        if (!isOpen) {
            isOpen = true;
            ENGINE.addHandler(this);
            ENGINE.setUseParentHandlers(false);
        }
    }

    /** Those whose message has {@code text} in it. */
    List<LogRecord> with(String text) {
        return records.stream()
                .filter(record -> FORMAT.formatMessage(record).contains(text))
                .toList();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        if (isOpen) {
            isOpen = false;
            ENGINE.removeHandler(this);
            ENGINE.setUseParentHandlers(true);
        }
    }
}
