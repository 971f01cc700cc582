package dev.myelin.benchmarks.echo;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import dev.myelin.benchmarks.variant.Serving;
import dev.myelin.benchmarks.variant.Variant;
import java.util.EnumSet;
import java.util.Set;

/// A raw Netty echo: what the machine, its kernel and Netty allow when nothing else is done.
///
/// The bean is not called and nothing is encoded. The caller puts the quote into the first bytes of
/// the request and fills up with zeros; the server sends those first bytes back. A reply is matched
/// by its place in the stream and its number is checked.
public final class EchoVariant implements Variant {
  /// Makes the variant.
  public EchoVariant() {}

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public Set<CallerKind> kinds() {
    return EnumSet.of(CallerKind.VIRTUAL, CallerKind.ASYNC);
  }

  @Override
  public String settings() {
    return ("Netty, %s, one event loop and one connection, %d bytes out and %d back, no work done on them, each"
            + " caller writes and flushes, FlushConsolidationHandler before it")
        .formatted(Transport.name(), EchoFrame.REQUEST_BYTES, EchoFrame.REPLY_BYTES);
  }

  @Override
  public Serving serve(PriceList prices) {
    return EchoServer.open();
  }

  @Override
  public Caller connect(int port, CallerKind kind) {
    var client = new EchoClient(port);
    return kind == CallerKind.ASYNC ? new AsyncEchoCaller(client) : new BlockingEchoCaller(client);
  }
}
