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

  /// How long to wait for a peer.
  ///
  /// @param connecting until the network has connected, which does not depend on how busy the peer
  ///   is unless very many come at once
  /// @param whole until the peer has said its hello too, which may have to wait for its turn there
  record Patience(Duration connecting, Duration whole) {

    /// The same time for both together.
    public static Patience of(Duration timeout) {
      return new Patience(timeout, timeout);
    }
  }

  /// Opens a connection and exchanges hellos.
  ///
  /// @param endpoint where to
  /// @param hello what to say
  /// @param listener told of every frame and of the end of the connection
  /// @param patience how long to wait
  /// @throws IOException if the peer does not answer in time, refuses, or speaks another protocol;
  ///   no call has been sent then
  /// @throws InterruptedException if the thread is interrupted
  Connection connect(
      Endpoint endpoint, Frame.Hello hello, FrameListener listener, Patience patience)
      throws IOException, InterruptedException;

  /// Closes every connection and stops listening; waits for that at most some seconds.
  @Override
  void close();
}
