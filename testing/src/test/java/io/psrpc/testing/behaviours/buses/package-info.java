/**
 * What a bus does, whichever broker carries it: the rows B01 to B20 of the behaviours. Each test runs on a {@link
 * io.psrpc.testing.behaviours.buses.Network} of one kind of broker, with several processes on it.
 */
@NullMarked
package io.psrpc.testing.behaviours.buses;

import org.jspecify.annotations.NullMarked;
