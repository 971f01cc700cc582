package dev.myelin.samples.shapes.value;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes and gives single values; each result differs from its argument, so that it shows who ran.
@Microservice(idempotent = true)
public class Values {

  /// Turns a text round, keeping characters outside the basic plane whole.
  @Operation(idempotent = true, timeout = "20s")
  public String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  /// Swaps the text "nothing" and nothing.
  public @Nullable String swapNothing(@Nullable String text) {
    if (text == null) {
      return "nothing";
    }
    return text.equals("nothing") ? null : text;
  }

  /// Flips every bit.
  public byte[] flipped(byte[] bytes) {
    var flipped = new byte[bytes.length];
    for (var i = 0; i < bytes.length; i++) {
      flipped[i] = (byte) ~bytes[i];
    }
    return flipped;
  }

  /// Takes each primitive type and gives them as one record, the boolean negated.
  public Primitives primitives(
      boolean truth, byte tiny, short small, char letter, int medium, long large, double fine) {
    return new Primitives(!truth, tiny, small, letter, medium, large, (float) fine, fine);
  }

  /// Takes boxed values, or none.
  public @Nullable Long sum(@Nullable Integer left, @Nullable Long right) {
    return left == null || right == null ? null : Long.valueOf(left + right);
  }

  /// Halves a number, keeping its scale.
  public BigDecimal half(BigDecimal number) {
    return number.multiply(new BigDecimal("0.5"));
  }

  /// Multiplies a number by itself.
  public BigInteger square(BigInteger number) {
    return number.multiply(number);
  }

  /// Moves every date on by a period.
  public Dates later(Dates dates) {
    var date = dates.date().plus(dates.period());
    return new Dates(
        date,
        dates.time().plusNanos(1),
        dates.dateTime().plus(dates.period()),
        dates.month().plusMonths(1),
        dates.year().plusYears(1),
        dates.period().negated(),
        Dates.Names.of(date));
  }

  /// Moves every moment on by a time.
  public Moments later(Moments moments, Duration time) {
    return Moments.of(moments.instant().plus(time), moments.zone(), moments.zoneOffset());
  }

  /// Gives the moment after the latest of all.
  public Instant after(Instant instant) {
    return instant.plusNanos(1);
  }

  /// Makes an id from two.
  public UUID mixed(UUID left, UUID right) {
    return new UUID(left.getMostSignificantBits(), right.getLeastSignificantBits());
  }

  /// Finds what a reference leads to.
  public URI resolved(URI origin, URI reference) {
    return origin.resolve(reference);
  }

  /// Applies an operator.
  public int calculated(Operator operator, int left, int right) {
    return operator.apply(left, right);
  }

  /// Gives the other operator.
  public Operator opposite(Operator operator) {
    return operator == Operator.PLUS ? Operator.MINUS : Operator.PLUS;
  }

  /// Puts a parcel into another.
  public Parcel wrapped(Parcel parcel) {
    var box = new Parcel();
    box.setName("box");
    box.setGrams(parcel.getGrams() / 10);
    box.setInside(parcel);
    return box;
  }

  /// Gives nothing, and accepts anything but an empty text.
  ///
  /// @param text what
  /// @throws IllegalArgumentException if it is empty
  public void accept(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty text");
    }
  }
}
