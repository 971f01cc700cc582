package dev.myelin.transport;

import dev.myelin.wire.Endpoint;
import io.netty.channel.Channel;

/// Connects to the endpoints themselves.
enum DirectDialer implements Dialer {
  INSTANCE;

  private record Straight(Endpoint endpoint) implements Route {

    @Override
    public Endpoint hop() {
      return endpoint;
    }

    @Override
    public void prepare(Channel channel) {}
  }

  @Override
  public Route route(Endpoint endpoint) {
    return new Straight(endpoint);
  }
}
