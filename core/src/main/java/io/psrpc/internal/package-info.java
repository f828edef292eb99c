/**
 * What the packages of this module share and nobody else may use. Not exported; changes without notice. Start with {@link
 * io.psrpc.internal.ApiAccess}, by which the engine makes what users only receive.
 */
@NullMarked
package io.psrpc.internal;

import org.jspecify.annotations.NullMarked;
