package io.psrpc.testing.behaviours.servers;

/** What carries the frames of a test. */
enum Network {
    LOCAL("local"),
    REDIS_LIKE("redis-like"),
    NATS_LIKE("nats-like");

    private final String label;

    Network(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
