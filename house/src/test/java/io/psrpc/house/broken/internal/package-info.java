/** What nobody should see. */
@NullMarked
package io.psrpc.house.broken.internal;

import org.jspecify.annotations.NullMarked;
