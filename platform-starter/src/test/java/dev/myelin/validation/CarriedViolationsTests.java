package dev.myelin.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.validation.CarriedViolations.Node;
import dev.myelin.validation.CarriedViolations.Violation;
import dev.myelin.wire.codec.BinaryCodec;
import dev.myelin.wire.codec.Input;
import dev.myelin.wire.codec.Output;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Violated constraints there and back.
class CarriedViolationsTests {

  // the hour that there is twice
  private static final ZonedDateTime AMBIGUOUS =
      LocalDateTime.parse("2026-10-25T02:30:00").atZone(ZoneId.of("Europe/Berlin"));

  static List<Object> scalars() {
    return List.of(
        "",
        " \u0000ä\ud800",
        "x".repeat(RefusedValue.MAX_TEXT),
        true,
        '\ud800',
        Byte.MIN_VALUE,
        Short.MIN_VALUE,
        -1,
        Long.MIN_VALUE,
        Float.NaN,
        -0.0,
        Double.MIN_VALUE,
        Double.NEGATIVE_INFINITY,
        BigInteger.TWO.pow(200).negate(),
        new BigDecimal("1.500"),
        new BigDecimal("-1E+400"),
        new UUID(-1, 1),
        Instant.MIN,
        Duration.ofSeconds(-1, 1),
        Period.of(1, -2, 3),
        LocalDate.MAX,
        LocalTime.MAX,
        LocalDateTime.MIN,
        OffsetTime.MIN,
        OffsetDateTime.MAX,
        AMBIGUOUS.withEarlierOffsetAtOverlap(),
        AMBIGUOUS.withLaterOffsetAtOverlap(),
        AMBIGUOUS.withZoneSameInstant(ZoneOffset.UTC),
        Year.of(7),
        Year.of(Year.MAX_VALUE),
        YearMonth.of(-12_345, 1),
        MonthDay.of(2, 29));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void refusedValueWhenScalarComesBackAsItself(Object value) {
    var there = new RestoredViolation(named("age"), value);

    var back = carry(there);

    assertThat(back)
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.getInvalidValue())
              .isExactlyInstanceOf(value.getClass())
              .isEqualTo(value);
          assertThat(violation.getPropertyPath()).hasToString("age");
          assertThat(violation.getMessage()).isEqualTo("no");
          assertThat(violation.getMessageTemplate()).isEqualTo("{no}");
        });
  }

  static List<Object> others() {
    return List.of(
        DayOfWeek.MONDAY,
        List.of("a"),
        new Object(),
        new BigDecimal("1") {},
        "x".repeat(RefusedValue.MAX_TEXT + 1));
  }

  @ParameterizedTest
  @MethodSource("others")
  void refusedValueWhenNotCarriedIsNull(Object value) {
    var there = new RestoredViolation(named("age"), value);

    var back = carry(there);

    assertThat(back).containsExactly(new RestoredViolation(named("age"), null));
  }

  @Test
  void refusedValuesWhenSomeStayBehindKeepToTheirViolations() {
    var there =
        new RestoredViolation[] {
          new RestoredViolation(named("a"), null),
          new RestoredViolation(named("b"), 2),
          new RestoredViolation(named("c"), List.of()),
          new RestoredViolation(named("d"), "four")
        };

    var back = carry(there);

    assertThat(back)
        .containsExactlyInAnyOrder(
            new RestoredViolation(named("a"), null),
            new RestoredViolation(named("b"), 2),
            new RestoredViolation(named("c"), null),
            new RestoredViolation(named("d"), "four"));
  }

  @Test
  void violationsWhenTheirValuesAreTooLongTogetherComeWithoutThem() {
    var there = new RestoredViolation[200];
    for (int i = 0; i < there.length; i++) {
      there[i] = new RestoredViolation(named("a" + i), "x".repeat(RefusedValue.MAX_TEXT));
    }

    var back = carry(there);

    assertThat(back).hasSize(there.length);
    assertThat(back).extracting(ConstraintViolation::getInvalidValue).containsOnlyNulls();
  }

  static List<RefusedValue> unreadable() {
    return List.of(
        new RefusedValue("LATER", "1"),
        new RefusedValue("INTEGER", "one"),
        new RefusedValue("CHARACTER", ""),
        new RefusedValue("INSTANT", "yesterday"),
        new RefusedValue("BIG_INTEGER", "1".repeat(RefusedValue.MAX_TEXT + 1)));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void refusedValueWhenItCannotBeReadIsNull(RefusedValue value) {
    var arrived = new CarriedViolations("no", List.of(named("age")), Map.of(0, value));

    assertThat(violations(CarriedViolations.restored(arrived)))
        .containsExactly(new RestoredViolation(named("age"), null));
  }

  private static Violation named(String name) {
    return new Violation(
        List.of(new Node(name, "PROPERTY", false, null, null, name)), "no", "{no}");
  }

  private static List<ConstraintViolation<?>> carry(RestoredViolation... violations) {
    var codec = new BinaryCodec().throwables();
    var output = new Output(1 << 20);
    var set = new LinkedHashSet<ConstraintViolation<?>>(List.of(violations));
    codec.write(
        CarriedViolations.carried(new ConstraintViolationException("refused", set)), output);

    var loader = CarriedViolationsTests.class.getClassLoader();
    return violations(
        CarriedViolations.restored(
            codec.read(new Input(output.array(), 0, output.size()), loader)));
  }

  private static List<ConstraintViolation<?>> violations(Throwable restored) {
    assertThat(restored).isExactlyInstanceOf(ConstraintViolationException.class);
    return new ArrayList<>(((ConstraintViolationException) restored).getConstraintViolations());
  }
}
