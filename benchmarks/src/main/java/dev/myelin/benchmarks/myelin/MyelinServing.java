package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.server.CallServer;
import dev.myelin.server.HostedServices;
import dev.myelin.wire.Endpoint;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// An open server of the call path that hosts one service.
///
/// @param path the call path, owned by this object
/// @param endpoint where it listens
record MyelinServing(CallPath path, Endpoint endpoint) implements Serving {

  static <S> MyelinServing open(Class<S> service, S bean) throws IOException {
    return open(service, bean, CallPath.open());
  }

  static <S> MyelinServing open(Class<S> service, S bean, CallPath path) throws IOException {
    var contract = ServiceContracts.of(service);
    var hosted = new HostedServices.Hosted(contract, () -> bean);
    var server =
        new CallServer(
            new HostedServices(List.of(hosted)),
            new CallServer.Encoding(
                path.codec(), path.throwables(), CallPath.MAX_FRAME, path.surroundings()),
            JsonMapper.shared(),
            path.sweeper());
    var endpoint =
        path.transport()
            .listen(
                new Endpoint("127.0.0.1", 0),
                () -> CallPath.hello(contract.name() + "-1", server.hosted()),
                server);
    return new MyelinServing(path, endpoint);
  }

  @Override
  public int port() {
    return endpoint.port();
  }

  @Override
  public void close() {
    path.close();
  }
}
