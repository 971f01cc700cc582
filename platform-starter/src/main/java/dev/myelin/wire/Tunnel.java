package dev.myelin.wire;

/// How a process outside a cluster's network asks a gateway for a tunnel to a process inside: by a
/// WebSocket at [#PATH], whose binary messages are the bytes of one connection.
///
/// `GET /-/tunnel` with two headers of its own, since what stands before a gateway may use others
/// for itself or leave things out: the API server of Kubernetes takes `Authorization`, and passes a
/// WebSocket's path on without its query.
public final class Tunnel {

  /// Path at the gateway.
  public static final String PATH = "/-/tunnel";

  /// Header with host and port of the process.
  public static final String TO = "Myelin-Tunnel-To";

  /// Header with the token that lets a process in.
  public static final String TOKEN = "Myelin-Token";

  /// Stands for any core process, for those who cannot look their addresses up; a name that no host
  /// can have.
  public static final Endpoint CORE = new Endpoint("core.invalid", 7070);

  /// Text message of a gateway that is about to end: no further calls through this tunnel, which is
  /// to be closed when those under way have ended.
  public static final String LEAVE = "leave";

  private Tunnel() {}
}
