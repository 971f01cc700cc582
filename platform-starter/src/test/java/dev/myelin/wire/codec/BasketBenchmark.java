package dev.myelin.wire.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Encodes and decodes a basket of ten lines for some seconds and prints what one round trip takes.
/// Run by hand; no test.
final class BasketBenchmark {

  private static final int ROUNDS = 10;
  private static final int CALLS = 1_000_000;

  private BasketBenchmark() {}

  record Line(String sku, String name, int count, long cents) {}

  record Basket(String id, long customer, Instant created, String currency, List<Line> lines) {}

  record PricedLine(String sku, String name, int count, BigDecimal price) {}

  record PricedBasket(
      String id, long customer, Instant created, String currency, List<PricedLine> lines) {}

  static void main() {
    measure("decimal", PricedBasket.class, pricedBasket());
    measure("cents", Basket.class, basket());
  }

  private static Basket basket() {
    var lines = new ArrayList<Line>();
    for (int i = 0; i < 10; i++) {
      lines.add(new Line("SKU-000" + i, "Article number " + i, i + 1, 1_999L + i));
    }
    return new Basket("b-123456", 987_654L, Instant.parse("2026-01-02T03:04:05Z"), "EUR", lines);
  }

  private static PricedBasket pricedBasket() {
    var lines = new ArrayList<PricedLine>();
    for (int i = 0; i < 10; i++) {
      lines.add(
          new PricedLine("SKU-000" + i, "Article number " + i, i + 1, new BigDecimal("19.9" + i)));
    }
    return new PricedBasket(
        "b-123456", 987_654L, Instant.parse("2026-01-02T03:04:05Z"), "EUR", lines);
  }

  private static void measure(String name, Class<?> type, Object value) {
    long first = System.nanoTime();
    var codec = new BinaryCodec();
    var values = codec.compile(type, codec.schema(type));
    var output = new Output(1 << 20);
    values.write(value, output);
    System.out.printf("%s: first write %.1f ms%n", name, (System.nanoTime() - first) / 1e6);
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        output.reset();
        values.write(value, output);
      }
      long written = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        if (values.read(new Input(output.array(), 0, output.size())) == null) {
          throw new IllegalStateException("read nothing");
        }
      }
      System.out.printf(
          "%s: %d bytes, write %.0f ns, read %.0f ns%n",
          name,
          output.size(),
          (written - start) / (double) CALLS,
          (System.nanoTime() - written) / (double) CALLS);
    }
  }
}
