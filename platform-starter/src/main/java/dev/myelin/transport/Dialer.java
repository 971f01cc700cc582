package dev.myelin.transport;

import dev.myelin.wire.Endpoint;
import io.netty.channel.Channel;
import java.io.IOException;

/// How the connections that a process makes get to where they lead: straight there, or through
/// something between. Thread-safe.
///
/// Whatever it is, the bytes of a connection and how they are secured are the same.
public sealed interface Dialer permits DirectDialer, TunnelDialer {

  /// Connects to the endpoints themselves.
  static Dialer direct() {
    return DirectDialer.INSTANCE;
  }

  /// Connects through tunnels of a gateway.
  ///
  /// @param entrance where the tunnels begin
  static Dialer through(TunnelEntrance entrance) {
    return new TunnelDialer(entrance);
  }

  /// Finds the way of a new connection; may block.
  ///
  /// @param endpoint where it leads to
  /// @throws IOException if there is none at the moment
  Route route(Endpoint endpoint) throws IOException;

  /// The way of one connection.
  interface Route {

    /// Where it leads to.
    Endpoint endpoint();

    /// Where its bytes go first.
    Endpoint hop();

    /// Adds to a new channel what stands before everything else.
    ///
    /// @param channel not yet connected
    void prepare(Channel channel);
  }
}
