package dev.myelin.benchmarks.pieces;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.basket.SummingPriceList;
import dev.myelin.benchmarks.myelin.AnsweringTransport;
import dev.myelin.benchmarks.myelin.PriceListBean;
import dev.myelin.benchmarks.myelin.PriceListService;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.ServiceContracts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A call of the bean, of a stand-in that is answered at once, and of one whose connection answers
/// at once: what the caller's side does for a call, without a network and a server.
public class StandInPiece {

  /// Makes the benchmark; JMH does.
  public StandInPiece() {}

  /// What is called. Public because the classes that JMH generates use it.
  @State(Scope.Benchmark)
  public static class Calling {
    /// What stands behind the service.
    @Param({"bean", "stand-in", "client"})
    public String behind = "bean";

    private final Basket basket = Orders.of(1).at(0).basket();
    private @Nullable PriceListService prices;
    private @Nullable AnsweringTransport transport;

    /// Makes an empty state.
    public Calling() {}

    /// Gets the service.
    @Setup
    public void open() {
      var answer = Orders.of(1).at(0).expected();
      prices =
          switch (behind) {
            case "bean" -> new PriceListBean(new SummingPriceList());
            case "stand-in" ->
                (PriceListService)
                    new ProxyStandInFactory()
                        .create(ServiceContracts.of(PriceListService.class), (_, _) -> answer);
            default -> {
              var opened = new AnsweringTransport(PriceListService.class, answer);
              transport = opened;
              yield opened.standIn(PriceListService.class);
            }
          };
    }

    /// Closes what was opened.
    @TearDown
    public void close() {
      if (transport != null) {
        transport.close();
      }
    }

    Quote price() {
      return Objects.requireNonNull(prices).price(basket);
    }
  }

  /// One call.
  @Benchmark
  public Quote price(Calling state) {
    return state.price();
  }
}
