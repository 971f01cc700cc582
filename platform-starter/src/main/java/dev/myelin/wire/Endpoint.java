package dev.myelin.wire;

/// Where something listens.
///
/// @param host name or address
/// @param port TCP port, 0 to 65,535; 0 = any free one, only for binding
public record Endpoint(String host, int port) {

  /// Checks the range of the port.
  public Endpoint {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "Endpoint '%s:%d' must have a host and a port from 0 to 65535".formatted(host, port));
    }
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
