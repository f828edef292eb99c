/**
 * What every transport promises, as tests: {@link io.psrpc.testing.contract.TransportContract}, which the author of a transport extends.
 * The classes that it extends in turn hold the tests, by subject; a {@code Stage} is what one test works with.
 */
@NullMarked
package io.psrpc.testing.contract;

import org.jspecify.annotations.NullMarked;
