package dev.myelin.transport;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/// Carries frames between processes. Thread-safe.
public interface Transport extends AutoCloseable {

  /// Starts to accept connections.
  ///
  /// @param bind where; port 0 = any free one
  /// @param hello what to say to each peer, asked at each connection
  /// @param listener told of every frame and of the end of every accepted connection
  /// @return where it listens
  /// @throws IOException if the address cannot be bound
  Endpoint listen(Endpoint bind, Supplier<Frame.Hello> hello, FrameListener listener)
      throws IOException;

  /// Opens a connection and exchanges hellos.
  ///
  /// @param endpoint where to
  /// @param hello what to say
  /// @param listener told of every frame and of the end of the connection
  /// @param timeout for both together
  /// @throws IOException if the peer does not answer in time, refuses, or speaks another protocol;
  ///   no call has been sent then
  /// @throws InterruptedException if the thread is interrupted
  Connection connect(Endpoint endpoint, Frame.Hello hello, FrameListener listener, Duration timeout)
      throws IOException, InterruptedException;

  /// Closes every connection and stops listening; waits for that at most some seconds.
  @Override
  void close();
}
