package dev.myelin.wire.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types of an application, as an earlier build has them.
interface Older {
  record Line(String sku, int count) {}

  record Basket(String id, @Nullable List<Line> lines, int total, @Nullable String gone) {}

  enum Color {
    RED,
    GREEN
  }

  sealed interface Event {
    record Opened(int at) implements Event {}

    record Closed(String reason) implements Event {}
  }
}
