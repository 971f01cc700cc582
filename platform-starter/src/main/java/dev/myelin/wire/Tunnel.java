package dev.myelin.wire;

/// How a process outside a cluster's network asks a gateway for a tunnel to a process inside: by a
/// WebSocket at [#PATH], whose binary messages are the bytes of one connection.
///
/// `GET /-/tunnel?to=10.244.0.7:7070` with the token in a header of its own, since what stands
/// before a gateway may use `Authorization` for itself, as the API server of Kubernetes does.
public final class Tunnel {

  /// Path at the gateway.
  public static final String PATH = "/-/tunnel";

  /// Parameter of the query: host and port of the process.
  public static final String TO = "to";

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
