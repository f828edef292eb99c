/**
 * A transport of one's own. {@link com.example.transport.TcpBroker} is a small broker that speaks a protocol made up for this example
 * ({@code Packet}); {@link com.example.transport.TcpTransport} carries a PSRPC bus over it. The guide "Writing a transport" walks through
 * them.
 */
package com.example.transport;
