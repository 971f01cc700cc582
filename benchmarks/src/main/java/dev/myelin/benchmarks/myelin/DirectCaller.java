package dev.myelin.benchmarks.myelin;

import dev.myelin.client.ClientSettings;
import dev.myelin.wire.Endpoint;
import java.util.List;

/// A caller of one endpoint.
///
/// @param <S> type of the service
public final class DirectCaller<S> implements AutoCloseable {

  private final MyelinClient<S> client;

  private DirectCaller(MyelinClient<S> client) {
    this.client = client;
  }

  /// Opens one.
  public static <S> DirectCaller<S> open(Class<S> service, Endpoint endpoint) {
    return new DirectCaller<>(
        MyelinClient.open(service, List.of(endpoint), ClientSettings.defaults()));
  }

  /// What to call.
  public S standIn() {
    return client.standIn();
  }

  @Override
  public void close() {
    client.close();
  }
}
