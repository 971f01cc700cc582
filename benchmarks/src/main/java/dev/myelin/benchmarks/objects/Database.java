package dev.myelin.benchmarks.objects;

import dev.myelin.storage.cassandra.CassandraServer;
import dev.myelin.storage.jdbc.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A real server that keeps the objects of a trial. One thread's.
interface Database extends AutoCloseable {

  /// Which one, for people.
  String name();

  /// How a host finds it, as an argument of its command line.
  String argument();

  /// Sends a signal to all of its processes.
  ///
  /// @param signal STOP or CONT
  void signal(String signal) throws IOException;

  /// Stops it at once, as a crash does.
  void kill() throws IOException;

  /// Starts it again and waits until it serves.
  void start() throws IOException;

  @Override
  void close();

  /// Cassandra.
  ///
  /// @param server a server of this process's own
  record Cassandra(CassandraServer server) implements Database {

    @Override
    public String name() {
      return "Cassandra";
    }

    @Override
    public String argument() {
      return "--cassandra=127.0.0.1:" + server.address().getPort();
    }

    @Override
    public void signal(String signal) throws IOException {
      server.signal(signal);
    }

    @Override
    public void kill() {
      server.kill();
    }

    @Override
    public void start() throws IOException {
      server.start();
    }

    @Override
    public void close() {
      server.kill();
    }
  }

  /// PostgreSQL.
  ///
  /// @param server a server of this process's own
  record Postgres(PostgresServer server) implements Database {

    @Override
    public String name() {
      return "PostgreSQL";
    }

    @Override
    public String argument() {
      return "--postgres=127.0.0.1:" + server.port();
    }

    @Override
    public void signal(String signal) throws IOException {
      server.signal(signal);
    }

    @Override
    public void kill() throws IOException {
      server.kill();
    }

    @Override
    public void start() throws IOException {
      server.start();
    }

    @Override
    public void close() {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
