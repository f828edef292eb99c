package io.psrpc.stub;

/**
 * The versions of generated code that this runtime can serve. Generated code names its own, so that code newer than the runtime fails to
 * compile or link, at once and by name.
 */
public enum GeneratedCode {
    /** The first. */
    VERSION_1
}
