/** Classes that break the rules, each one of them. */
@NullMarked
package io.psrpc.house.broken;

import org.jspecify.annotations.NullMarked;
