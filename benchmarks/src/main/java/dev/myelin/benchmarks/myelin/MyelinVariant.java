package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// A stand-in in one process, the bean in another, and the call path of the starter between them.
///
/// The parts are those that the auto-configuration puts together, with its defaults: stand-in,
/// deadline, picker, codec, transport, admission, virtual thread. What is left out is the cluster
/// round them: the membership is a fixed snapshot of one instance.
public final class MyelinVariant implements Variant {
  private final boolean secured;

  private MyelinVariant(boolean secured) {
    this.secured = secured;
  }

  /// Connections as they are by default.
  public static MyelinVariant plain() {
    return new MyelinVariant(false);
  }

  /// Connections over mutual TLS.
  public static MyelinVariant secured() {
    return new MyelinVariant(true);
  }

  @Override
  public String name() {
    return secured ? "myelin-tls" : "myelin";
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.VIRTUAL, CallerKind.ASYNC);
  }

  @Override
  public String settings() {
    return "the starter's defaults: one connection, a deadline of 30 s on each call, round robin over a snapshot of one"
        + " instance, one virtual thread a call in the server; the operation of the async callers is declared inline"
        + (secured ? "; mutual TLS 1.3, certificates on P-256" : "");
  }

  @Override
  public Serving serve(PriceList prices) throws IOException {
    var bean = new PriceListBean(prices);
    return secured
        ? SecuredServing.open(PriceListService.class, bean)
        : MyelinServing.open(PriceListService.class, bean);
  }

  @Override
  public Caller connect(int port, CallerKind kind) throws IOException {
    var client =
        secured
            ? MyelinClient.open(PriceListService.class, port, PairIdentity.ofPair().security())
            : MyelinClient.open(PriceListService.class, port);
    return kind == CallerKind.ASYNC
        ? new AsyncMyelinCaller(client)
        : new BlockingMyelinCaller(client);
  }
}
