package io.psrpc.house.broken;

import java.util.concurrent.TimeUnit;

/** Sleeps in both ways. */
public final class Sleeper {
    void sleep() throws InterruptedException {
        Thread.sleep(1);
        TimeUnit.SECONDS.sleep(1);
    }
}
