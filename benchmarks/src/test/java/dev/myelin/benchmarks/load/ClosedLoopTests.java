package dev.myelin.benchmarks.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.basket.SummingPriceList;
import dev.myelin.benchmarks.basket.WrongReplyException;
import dev.myelin.benchmarks.variant.Caller;
import dev.myelin.benchmarks.variant.CallerKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
final class ClosedLoopTests {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Orders orders = Orders.of(3);
  private final PriceList prices = new SummingPriceList();

  private record BlockingCaller(PriceList list) implements Caller.Blocking {
    @Override
    public Quote price(Basket basket) {
      return list.price(basket);
    }

    @Override
    public void close() {}
  }

  private record AsyncCaller(PriceList list, boolean later) implements Caller.Async {
    @Override
    public CompletableFuture<Quote> price(Basket basket) {
      return later
          ? CompletableFuture.supplyAsync(() -> list.price(basket))
          : CompletableFuture.completedFuture(list.price(basket));
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @EnumSource(names = {"VIRTUAL", "PLATFORM"})
  void runWithThreadsCountsTheCallsAnsweredInTime(CallerKind kind) throws Exception {
    var made = new AtomicLong();
    Set<Boolean> virtual = ConcurrentHashMap.newKeySet();
    var caller =
        new BlockingCaller(basket -> {
          made.incrementAndGet();
          virtual.add(Thread.currentThread().isVirtual());
          return prices.price(basket);
        });

    var phase = new ClosedLoop(caller, kind, orders).run(4, SHORT);

    assertThat(virtual).containsExactly(kind == CallerKind.VIRTUAL);
    assertThat(phase.callers()).isEqualTo(4);
    assertThat(phase.calls()).isPositive().isBetween(made.get() - 4, made.get());
    assertThat(phase.latency()).isNull();
    // it ran for at least the time asked for
    assertThat(phase.callsPerSecond()).isPositive().isLessThanOrEqualTo(phase.calls() / 0.3);
  }

  @ParameterizedTest
  @EnumSource(names = {"VIRTUAL", "ASYNC"})
  void runWithOneCallerMeasuresLatency(CallerKind kind) throws Exception {
    var caller =
        kind == CallerKind.ASYNC ? new AsyncCaller(prices, true) : new BlockingCaller(prices);

    var latency = requireNonNull(new ClosedLoop(caller, kind, orders).run(1, SHORT).latency());

    assertThat(latency.p50Micros()).isPositive().isLessThanOrEqualTo(latency.p99Micros());
  }

  @Test
  void runWithFuturesThatAreDoneAtOnceKeepsTheStackFlat() throws Exception {
    Set<Long> depths = ConcurrentHashMap.newKeySet();
    var caller =
        new AsyncCaller(
            basket -> {
              depths.add(StackWalker.getInstance().walk(Stream::count));
              return prices.price(basket);
            },
            false);

    var phase = new ClosedLoop(caller, CallerKind.ASYNC, orders).run(1, SHORT);

    assertThat(phase.calls()).isGreaterThan(1);
    assertThat(depths).hasSize(1);
  }

  @Test
  void runWithFuturesKeepsOneCallInFlightForEachCaller() throws Exception {
    var inFlight = new AtomicLong();
    var most = new AtomicLong();
    var caller =
        new AsyncCaller(
            basket -> {
              most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              var quote = prices.price(basket);
              inFlight.decrementAndGet();
              return quote;
            },
            true);

    var phase = new ClosedLoop(caller, CallerKind.ASYNC, orders).run(8, SHORT);

    assertThat(phase.calls()).isPositive();
    assertThat(most.get()).isBetween(1L, 8L);
  }

  @ParameterizedTest
  @EnumSource
  void runWhenAReplyIsWrongFails(CallerKind kind) {
    PriceList wrong = basket -> new Quote(-1, "EUR", false);

    assertThatIllegalStateException()
        .isThrownBy(
            () -> new ClosedLoop(caller(wrong, kind), kind, orders).run(3, Duration.ofMinutes(5)))
        .havingCause()
        .isInstanceOf(WrongReplyException.class);
  }

  @ParameterizedTest
  @EnumSource
  void runWhenACallFailsEndsLongBeforeItsTime(CallerKind kind) {
    var made = new AtomicLong();
    PriceList failing =
        basket -> {
          if (made.incrementAndGet() > 10) {
            throw new UnsupportedOperationException("no more");
          }
          return prices.price(basket);
        };

    assertThatIllegalStateException()
        .isThrownBy(
            () -> new ClosedLoop(caller(failing, kind), kind, orders).run(2, Duration.ofMinutes(5)))
        .withMessageContaining("no more");
  }

  private static Caller caller(PriceList list, CallerKind kind) {
    return kind == CallerKind.ASYNC ? new AsyncCaller(list, true) : new BlockingCaller(list);
  }
}
