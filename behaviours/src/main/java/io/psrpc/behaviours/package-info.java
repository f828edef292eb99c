/**
 * Keeps the table of behaviours (docs/behaviours.md) and the tests together. Tests name the rows they show with
 * {@link io.psrpc.behaviours.Rows}; {@link io.psrpc.behaviours.RowListener} writes down how they went; {@link
 * io.psrpc.behaviours.RowReport} says which row is covered by what, and fails the build over one that is not. Start with the report.
 */
@NullMarked
package io.psrpc.behaviours;

import org.jspecify.annotations.NullMarked;
