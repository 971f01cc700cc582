package dev.myelin.wire.codec;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Types of an application, as a later build has them: fields added, removed and moved, numbers
/// widened, constants and subtypes added.
interface Newer {
  record Line(int count, @Nullable String note, String sku) {}

  @SuppressWarnings("ArrayRecordComponent") // arrays are fields, too
  record Basket(
      Optional<String> coupon,
      long total,
      List<Line> lines,
      Map<String, Integer> stock,
      @Nullable Basket previous,
      Instant @Nullable [] times,
      double weight,
      boolean open,
      @Nullable Color color,
      @Nullable Event event,
      String id) {}

  enum Color {
    BLUE,
    GREEN,
    RED
  }

  sealed interface Event {
    record Closed(String reason, int code) implements Event {}

    record Moved(Basket basket) implements Event {}

    record Opened(int at) implements Event {}
  }
}
