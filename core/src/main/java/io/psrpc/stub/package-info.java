/**
 * The dynamic API: calls and serves methods by their definitions. Generated code is written against it, and programs without generated
 * code use it directly. Start with {@link io.psrpc.stub.MethodDefinition}.
 */
@NullMarked
package io.psrpc.stub;

import org.jspecify.annotations.NullMarked;
