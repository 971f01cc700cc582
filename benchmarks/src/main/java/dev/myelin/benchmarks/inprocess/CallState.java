package dev.myelin.benchmarks.inprocess;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.basket.SummingPriceList;
import dev.myelin.benchmarks.myelin.PriceListBean;
import dev.myelin.benchmarks.myelin.PriceListService;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.context.ConfigurableApplicationContext;

/// The service that JMH calls, by how it was got. Public because the classes that JMH generates use
/// it.
@State(Scope.Benchmark)
public class CallState {
  /// The bean as `new` returns it.
  static final String PLAIN = "plain";

  /// The bean as a Spring application injects it.
  static final String HOSTED = "hosted";

  /// How the service is got.
  @Param({PLAIN, HOSTED})
  public String origin = PLAIN;

  private final Basket basket = Orders.of(1).at(0).basket();
  private PriceListService prices = new PriceListBean(new SummingPriceList());
  private @Nullable ConfigurableApplicationContext context;

  /// Makes an empty state.
  public CallState() {}

  /// Gets the service.
  @Setup
  public void open() {
    if (origin.equals(HOSTED)) {
      var opened = InProcessApplication.start();
      prices = opened.getBean(PriceListService.class);
      context = opened;
    }
  }

  /// Closes the application, if there is one.
  @TearDown
  public void close() {
    if (context != null) {
      context.close();
    }
  }

  Quote price() {
    return prices.price(basket);
  }

  Class<?> type() {
    return prices.getClass();
  }
}
