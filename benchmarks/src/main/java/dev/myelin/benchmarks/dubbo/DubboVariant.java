package dev.myelin.benchmarks.dubbo;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// Dubbo over one of its protocols.
public final class DubboVariant implements Variant {
  private final String protocol;
  private final String name;

  private DubboVariant(String protocol, String name) {
    this.protocol = protocol;
    this.name = name;
  }

  /// Returns Dubbo over Triple, its protocol on HTTP/2.
  public static DubboVariant triple() {
    return new DubboVariant("tri", "dubbo-tri");
  }

  /// Returns Dubbo over its classic binary protocol.
  public static DubboVariant classic() {
    return new DubboVariant("dubbo", "dubbo");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.allOf(CallerKind.class);
  }

  @Override
  public String settings() {
    return "protocol '%s', Hessian2, direct address, no registry, QoS and metadata off, virtual threads in the server, no retries"
        .formatted(protocol);
  }

  @Override
  public Serving serve(PriceList prices) throws IOException {
    return DubboServing.open(protocol, prices);
  }

  @Override
  public Caller connect(int port, CallerKind kind) {
    return kind == CallerKind.ASYNC
        ? AsyncDubboCaller.open(protocol, port)
        : BlockingDubboCaller.open(protocol, port);
  }
}
