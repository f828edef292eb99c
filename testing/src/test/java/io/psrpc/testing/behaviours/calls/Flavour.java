package io.psrpc.testing.behaviours.calls;

/** How a test calls. */
enum Flavour {
    BLOCKING("blocking"),
    ASYNC("async");

    private final String label;

    Flavour(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
