package dev.myelin.callpath;

import dev.myelin.contract.ServiceContracts;
import dev.myelin.server.CallServer;
import dev.myelin.transport.NettyTransport;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.TransportSettings;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.time.Duration;

/// An instance with a transport of its own, which therefore ends as a process does: it drains, then
/// its connections are closed.
///
/// @param id who it is
/// @param endpoint where it listens
/// @param server what serves the calls
/// @param transport carries them
/// @param sweeper ends them at their deadlines
record LoneInstance(
    InstanceId id, Endpoint endpoint, CallServer server, NettyTransport transport, Sweeper sweeper)
    implements AutoCloseable {

  static <T> LoneInstance open(String id, Class<T> type, T bean) throws IOException {
    var sweeper = new Sweeper();
    var transport =
        new NettyTransport(
            new TransportSettings(CallPathScene.MAX_FRAME, 64L << 20, 1, Duration.ofSeconds(30)));
    var server = CallPathScene.server(ServiceContracts.of(type), bean, sweeper);
    var endpoint =
        transport.listen(
            new Endpoint("127.0.0.1", 0), () -> CallPathScene.hello(id, server.hosted()), server);
    return new LoneInstance(new InstanceId(id), endpoint, server, transport, sweeper);
  }

  /// Ends it, as the end of its process does.
  @Override
  public void close() {
    transport.close();
    sweeper.close();
  }
}
