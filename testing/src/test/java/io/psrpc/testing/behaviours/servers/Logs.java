package io.psrpc.testing.behaviours.servers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the engine logs from here on until this is closed; it is not printed meanwhile. */
final class Logs extends Handler {
    private static final Logger ENGINE = Logger.getLogger("io.psrpc");
    private static final Formatter FORMAT = new SimpleFormatter();

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private Logs() {}

    static Logs open() {
        Logs logs = new Logs();
        ENGINE.addHandler(logs);
        ENGINE.setUseParentHandlers(false);
        return logs;
    }

    /** Those whose message has {@code text} in it. */
    List<LogRecord> with(String text) {
        return records.stream()
                .filter(record -> FORMAT.formatMessage(record).contains(text))
                .toList();
    }

    /** What must never happen. */
    List<String> errors() {
        return records.stream()
                .filter(record -> record.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(FORMAT::formatMessage)
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
        ENGINE.removeHandler(this);
        ENGINE.setUseParentHandlers(true);
    }
}
