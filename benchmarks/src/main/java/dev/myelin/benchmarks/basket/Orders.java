package dev.myelin.benchmarks.basket;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The orders of a run: the same for the same seed, on every machine.
///
/// Immutable. There are [#COUNT] of them, a power of two, so that a caller walks round them with
/// [#at].
public final class Orders {
  /// How many distinct orders there are.
  public static final int COUNT = 64;

  private static final int LINES = 10;

  private final List<Order> all;

  private Orders(List<Order> all) {
    this.all = all;
  }

  /// Makes the orders of a seed.
  public static Orders of(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var prices = new SummingPriceList();
    return new Orders(
        Stream.generate(() -> basket(random))
            .limit(COUNT)
            .map(basket -> new Order(basket, prices.price(basket)))
            .toList());
  }

  /// Returns the order at a position, which may be any number: the orders repeat for ever.
  public Order at(int position) {
    return all.get(position & COUNT - 1);
  }

  /// Returns each order once.
  public List<Order> all() {
    return all;
  }

  private static Basket basket(RandomGenerator random) {
    return new Basket(
        "customer-%04d".formatted(random.nextInt(10_000)),
        IntStream.range(0, LINES).mapToObj(_ -> line(random)).toList());
  }

  private static Line line(RandomGenerator random) {
    return new Line(
        "SKU-%08d".formatted(random.nextInt(100_000_000)),
        random.nextInt(1, 100),
        random.nextLong(1_00, 2_000_00));
  }
}
