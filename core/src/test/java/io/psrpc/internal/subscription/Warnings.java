package io.psrpc.internal.subscription;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What subscriptions log from WARNING on, until it is closed. */
final class Warnings extends Handler implements AutoCloseable {
    // Kept: the log manager forgets a logger that nobody holds, and its handlers.
    private static final Logger LOGGER = Logger.getLogger("io.psrpc.subscription");

    final List<String> logged = new CopyOnWriteArrayList<>();

    Warnings() {
        setLevel(Level.WARNING);
        setFormatter(new SimpleFormatter());
        LOGGER.addHandler(this);
        LOGGER.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord logRecord) {
        if (isLoggable(logRecord)) {
            logged.add(getFormatter().formatMessage(logRecord));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
    }
}
