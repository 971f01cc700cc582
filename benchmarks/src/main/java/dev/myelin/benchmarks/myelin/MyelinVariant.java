package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import dev.myelin.observation.CallSurroundings;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// A stand-in in one process, the bean in another, and the call path of the starter between them.
///
/// The parts are those that the auto-configuration puts together, with its defaults: stand-in,
/// deadline, picker, codec, transport, admission, virtual thread. What is left out is the cluster
/// round them: the membership is a fixed snapshot of one instance.
///
/// It comes without anybody who observes calls, and with Micrometer's timers on a Prometheus
/// registry at both ends, as an application with the actuator has them.
public final class MyelinVariant implements Variant {
  private final boolean observed;

  private MyelinVariant(boolean observed) {
    this.observed = observed;
  }

  /// Makes the variant that nobody observes.
  public static MyelinVariant plain() {
    return new MyelinVariant(false);
  }

  /// Makes the variant with a timer at each end.
  public static MyelinVariant observed() {
    return new MyelinVariant(true);
  }

  @Override
  public String name() {
    return observed ? "myelin-observed" : "myelin";
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.VIRTUAL, CallerKind.ASYNC);
  }

  @Override
  public String settings() {
    return (observed
            ? "a Micrometer observation at each end, timed in a Prometheus registry; "
            : "")
        + "the starter's defaults: one connection, a deadline of 30 s on each call, round robin"
        + " over a snapshot of one instance, one virtual thread a call in the server; the operation"
        + " of the async callers is declared inline";
  }

  @Override
  public Serving serve(PriceList prices) throws IOException {
    return MyelinServing.open(PriceListService.class, new PriceListBean(prices), surroundings());
  }

  @Override
  public Caller connect(int port, CallerKind kind) {
    var client = MyelinClient.open(PriceListService.class, port, surroundings());
    return kind == CallerKind.ASYNC
        ? new AsyncMyelinCaller(client)
        : new BlockingMyelinCaller(client);
  }

  private CallSurroundings surroundings() {
    return observed ? ObservedSurroundings.open() : CallSurroundings.PLAIN;
  }
}
