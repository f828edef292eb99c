package io.psrpc.protoc;

/** What protoc shows its user instead of files: where, what is there, and what was expected. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
