package io.psrpc.benchmarks;

import io.psrpc.benchmarks.echo.Payload;

/** A client and the server that it calls, both in this process. The server answers with what it was sent. */
interface Contender extends AutoCloseable {
    /** What the table calls it. */
    String name();

    /** Calls, and waits for the answer. */
    void call(Payload payload);

    /** Calls; {@code lane} hears how it ended. */
    void callAsync(Payload payload, Lane lane);

    @Override
    void close();
}
