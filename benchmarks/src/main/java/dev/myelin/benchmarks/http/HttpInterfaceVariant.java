package dev.myelin.benchmarks.http;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.util.EnumSet;
import java.util.Set;

/// Spring's HTTP interface client over `RestClient`.
public final class HttpInterfaceVariant implements Variant {

  /// Makes the variant.
  public HttpInterfaceVariant() {}

  @Override
  public String name() {
    return "http-interface";
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.VIRTUAL);
  }

  @Override
  public String settings() {
    return "RestClient over HttpClient 5, a pool of %d connections, no cookies or redirects; %s"
        .formatted(ConnectionPool.SIZE, MvcServing.SETTINGS);
  }

  @Override
  public Serving serve(PriceList prices) {
    return MvcServing.open(prices);
  }

  @Override
  public Caller connect(int port, CallerKind kind) {
    return HttpInterfaceCaller.open(port);
  }
}
