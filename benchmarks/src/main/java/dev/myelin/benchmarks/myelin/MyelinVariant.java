package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.transport.TransportSecurity;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// A stand-in in one process, the bean in another, and the call path of the starter between them.
///
/// The parts are those that the auto-configuration puts together, with its defaults: stand-in,
/// deadline, picker, codec, transport, admission, virtual thread. What is left out is the cluster
/// round them: the membership is a fixed snapshot of one instance.
public final class MyelinVariant implements Variant {

  private final Kind kind;

  private MyelinVariant(Kind kind) {
    this.kind = kind;
  }

  private enum Kind {
    PLAIN("myelin", ""),
    TWO("myelin-two", "; but for two connections"),
    SECURED("myelin-tls", "; mutual TLS 1.3, certificates on P-256"),
    TIMED("myelin-timed", "; timed at each end in a Prometheus registry"),
    OBSERVED(
        "myelin-observed",
        "; a Micrometer observation at each end, timed in a Prometheus registry");

    final String label;
    final String addition;

    Kind(String label, String addition) {
      this.label = label;
      this.addition = addition;
    }
  }

  /// Makes the variant of a plain connection that nobody observes.
  public static MyelinVariant plain() {
    return new MyelinVariant(Kind.PLAIN);
  }

  /// Makes the same with two connections; on two cores one event loop reads both.
  public static MyelinVariant two() {
    return new MyelinVariant(Kind.TWO);
  }

  /// Makes the variant of connections over mutual TLS.
  public static MyelinVariant secured() {
    return new MyelinVariant(Kind.SECURED);
  }

  /// Makes the variant with timers in a Prometheus registry at both ends, as an application with
  /// the actuator has them.
  public static MyelinVariant timed() {
    return new MyelinVariant(Kind.TIMED);
  }

  /// Makes the variant with a Micrometer observation at both ends and timers made of them, as an
  /// application has them that has a handler of its own, or traces.
  public static MyelinVariant observed() {
    return new MyelinVariant(Kind.OBSERVED);
  }

  @Override
  public String name() {
    return kind.label;
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.VIRTUAL, CallerKind.ASYNC);
  }

  @Override
  public String settings() {
    return "the starter's defaults: one connection, a deadline of 30 s on each call, round robin over a snapshot of one"
        + " instance, one virtual thread a call in the server; the operation of the async callers is declared inline"
        + kind.addition;
  }

  @Override
  public Serving serve(PriceList prices) throws IOException {
    var bean = new PriceListBean(prices);
    return switch (kind) {
      case PLAIN, TWO -> MyelinServing.open(PriceListService.class, bean);
      case SECURED -> SecuredServing.open(PriceListService.class, bean);
      case TIMED ->
          MyelinServing.open(PriceListService.class, bean, path(ObservedSurroundings.timed()));
      case OBSERVED ->
          MyelinServing.open(PriceListService.class, bean, path(ObservedSurroundings.observed()));
    };
  }

  @Override
  public Caller connect(int port, CallerKind callers) throws IOException {
    var path =
        switch (kind) {
          case PLAIN, TWO -> CallPath.open();
          case SECURED -> CallPath.open(PairIdentity.ofPair().security(), CallSurroundings.PLAIN);
          case TIMED -> path(ObservedSurroundings.timed());
          case OBSERVED -> path(ObservedSurroundings.observed());
        };
    var client = MyelinClient.open(PriceListService.class, port, path, kind == Kind.TWO ? 2 : 1);
    return callers == CallerKind.ASYNC
        ? new AsyncMyelinCaller(client)
        : new BlockingMyelinCaller(client);
  }

  private static CallPath path(CallSurroundings surroundings) {
    return CallPath.open(TransportSecurity.none(), surroundings);
  }
}
