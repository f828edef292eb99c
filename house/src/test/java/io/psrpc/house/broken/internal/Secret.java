package io.psrpc.house.broken.internal;

/** Not to be shown. */
public interface Secret {}
