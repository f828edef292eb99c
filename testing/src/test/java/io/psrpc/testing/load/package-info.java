/**
 * What holds under load. The programs are run by scripts of the same name and print their figures; the tests run in every build.
 */
@NullMarked
package io.psrpc.testing.load;

import org.jspecify.annotations.NullMarked;
