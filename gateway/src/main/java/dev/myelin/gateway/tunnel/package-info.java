/// Tunnels: how processes outside the cluster's network reach those inside.
///
/// A request with a token enters, asks for a process that is listed, and becomes a WebSocket whose
/// messages are the bytes of one connection to that process. Nothing here looks into them. Open
/// [TunnelRoutes] first.
@NullMarked
package dev.myelin.gateway.tunnel;

import org.jspecify.annotations.NullMarked;
