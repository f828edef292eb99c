package io.psrpc.internal.wire;

import java.io.IOException;

/** A message to be written: names its fields, in the order of their numbers, once to be counted and once to be written. */
@FunctionalInterface
interface Body {
    void fieldsTo(FieldSink sink) throws IOException;
}
