/**
 * What holds in every module and no compiler knows. A module's test implements {@link io.psrpc.house.HouseContract}, which looks at the
 * module's classes ({@link io.psrpc.house.ClassRules}) and compares what users see of it with the listing that is checked in ({@link
 * io.psrpc.house.ApiListing}). Start with the contract.
 */
@NullMarked
package io.psrpc.house;

import org.jspecify.annotations.NullMarked;
