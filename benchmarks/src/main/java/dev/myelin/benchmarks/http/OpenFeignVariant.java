package dev.myelin.benchmarks.http;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.util.EnumSet;
import java.util.Set;

/// Spring Cloud OpenFeign.
public final class OpenFeignVariant implements Variant {

  /// Makes the variant.
  public OpenFeignVariant() {}

  @Override
  public String name() {
    return "openfeign";
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.VIRTUAL);
  }

  @Override
  public String settings() {
    return "Spring Cloud OpenFeign over HttpClient 5, a pool of %d connections, direct address; %s"
        .formatted(ConnectionPool.SIZE, MvcServing.SETTINGS);
  }

  @Override
  public Serving serve(PriceList prices) {
    return MvcServing.open(prices);
  }

  @Override
  public Caller connect(int port, CallerKind kind) {
    return OpenFeignCaller.open(port);
  }
}
