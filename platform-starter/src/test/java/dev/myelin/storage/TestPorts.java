package dev.myelin.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for the servers of tests.
public final class TestPorts {

  /// Below those that the system gives to clients, so that none is taken before the server has it.
  private static final int FIRST = 20_000;

  private static final int END = 32_000;

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private TestPorts() {}

  /// A port that nothing listens on, and that this has not given before: a server may take both of
  /// its ports before it listens on one.
  public static int free() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (GIVEN.add(port)) {
          return port;
        }
      } catch (IOException taken) {
        // another one, then
      }
    }
    throw new IllegalStateException("No port is free from " + FIRST + " to " + END);
  }
}
