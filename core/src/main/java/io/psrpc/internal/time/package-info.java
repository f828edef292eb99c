/**
 * The timer that a bus has when it is given none: {@link io.psrpc.internal.time.TimerWheel}, which runs a {@code Wheel} by the system's
 * clock. The engine schedules deadlines and pauses on it; start with the wheel.
 */
@NullMarked
package io.psrpc.internal.time;

import org.jspecify.annotations.NullMarked;
