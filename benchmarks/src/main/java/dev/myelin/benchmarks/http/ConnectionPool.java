package dev.myelin.benchmarks.http;

/// The size of both clients' connection pools: more than there are ever callers, since HttpClient 5
/// would otherwise let five at a time through to one server.
final class ConnectionPool {
  static final int SIZE = 1_024;

  private ConnectionPool() {}
}
