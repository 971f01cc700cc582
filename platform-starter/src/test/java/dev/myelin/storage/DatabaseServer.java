package dev.myelin.storage;

import java.io.IOException;

/// A real database server that tests stop and kill. One thread's.
public interface DatabaseServer extends AutoCloseable {

  /// Sends a signal to all of its processes.
  ///
  /// @param signal STOP or CONT
  void signal(String signal) throws IOException;

  /// Stops it at once, as a crash does.
  void kill() throws IOException;

  /// Starts it again, with the data that it had, and waits until it serves.
  void start() throws IOException;

  @Override
  void close() throws IOException;
}
