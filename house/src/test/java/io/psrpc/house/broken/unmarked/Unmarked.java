package io.psrpc.house.broken.unmarked;

/** In a package that says nothing. */
@SuppressWarnings("RequireExplicitNullMarking") // the rule itself is tried
public final class Unmarked {}
