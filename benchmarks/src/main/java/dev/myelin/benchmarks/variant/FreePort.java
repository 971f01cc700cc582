package dev.myelin.benchmarks.variant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Finds ports for servers that cannot pick one themselves.
public final class FreePort {

  private FreePort() {}

  /// Returns a port that was free a moment ago on the loopback interface.
  ///
  /// @throws IOException if there is none
  public static int find() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
