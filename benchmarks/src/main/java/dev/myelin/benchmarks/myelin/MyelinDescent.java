package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.depth.Descent;
import dev.myelin.benchmarks.depth.DescentClient;
import dev.myelin.benchmarks.depth.DescentVariant;
import dev.myelin.benchmarks.variant.Serving;
import java.io.IOException;

/// The service over the call path of the starter, with its defaults.
public final class MyelinDescent implements DescentVariant {

  /// Makes the variant.
  public MyelinDescent() {}

  @Override
  public String name() {
    return "myelin";
  }

  @Override
  public String settings() {
    return "the starter's defaults";
  }

  @Override
  public Serving serve(Descent descent) throws IOException {
    return MyelinServing.open(DescentService.class, new Bean(descent));
  }

  @Override
  public DescentClient connect(int port) {
    return new Client(MyelinClient.open(DescentService.class, port));
  }

  private record Bean(Descent descent) implements DescentService {

    @Override
    public int descend(int levels, int next, int after) {
      return descent.descend(levels, next, after);
    }

    @Override
    public int peakPlatformThreads() {
      return descent.peakPlatformThreads();
    }
  }

  private record Client(MyelinClient<DescentService> client) implements DescentClient {

    @Override
    public int descend(int levels, int next, int after) {
      return client.standIn().descend(levels, next, after);
    }

    @Override
    public int peakPlatformThreads() {
      return client.standIn().peakPlatformThreads();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
