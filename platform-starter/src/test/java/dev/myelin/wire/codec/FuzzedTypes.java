package dev.myelin.wire.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Types that between them have every kind of part, for what reads bytes that nobody wrote.
final class FuzzedTypes {

  /// The types; an input's first byte chooses one.
  static final List<Type> ALL =
      List.of(
          Tree.class,
          Scalars.class,
          Times.class,
          Containers.class,
          new TypeReference<List<Map<String, Optional<BigDecimal>>>>() {}.type(),
          new TypeReference<TreeMap<BigDecimal, Set<BigInteger>>>() {}.type(),
          Fielded.class);

  private FuzzedTypes() {}

  sealed interface Tree {
    @SuppressWarnings("ArrayRecordComponent") // arrays are fields, too
    record Leaf(@Nullable String text, int @Nullable [] numbers) implements Tree {}

    record Branch(@Nullable List<Tree> trees, @Nullable Tree only) implements Tree {}

    enum Mark implements Tree {
      A,
      B
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Scalars(
      boolean flag,
      byte small,
      short medium,
      char letter,
      int number,
      long wide,
      float rough,
      double fine,
      @Nullable Integer box,
      @Nullable String text,
      byte @Nullable [] bytes,
      @Nullable BitSet bits,
      @Nullable BigInteger big,
      @Nullable BigDecimal price,
      @Nullable UUID id,
      @Nullable URI uri,
      @Nullable Locale locale,
      @Nullable Currency currency) {}

  record Times(
      @Nullable Instant instant,
      @Nullable Duration duration,
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable OffsetDateTime offset,
      @Nullable ZonedDateTime zoned) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Containers(
      long @Nullable [] longs,
      double @Nullable [] doubles,
      String @Nullable [] @Nullable [] texts,
      @Nullable EnumSet<DayOfWeek> days,
      @Nullable EnumMap<DayOfWeek, @Nullable Tree> trees,
      @Nullable SortedMap<Integer, @Nullable String> sorted,
      @Nullable PriorityQueue<Long> queue,
      OptionalInt maybe) {}

  /// A class with fields of its own, and an exception among them.
  static final class Fielded {
    private int count = 7;
    private @Nullable Exception failure;
    private @Nullable Fielded next;

    int count() {
      return count;
    }

    @Nullable Exception failure() {
      return failure;
    }

    @Nullable Fielded next() {
      return next;
    }
  }
}
