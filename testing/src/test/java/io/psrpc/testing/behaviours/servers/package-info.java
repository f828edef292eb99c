/**
 * How servers start, serve, refuse, drain and end, what runs around handlers, and what blocking or failing code of users does to
 * others: on every bus, by callers that block and callers that do not. Start with {@code Scene}, which every test gets; {@code Store} is
 * the service that they are about.
 */
@NullMarked
package io.psrpc.testing.behaviours.servers;

import org.jspecify.annotations.NullMarked;
