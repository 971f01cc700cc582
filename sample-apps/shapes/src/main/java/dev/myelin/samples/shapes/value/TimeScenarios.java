package dev.myelin.samples.shapes.value;

import dev.myelin.samples.shapes.ScenarioSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Passes dates and times there and back.
@Component
final class TimeScenarios implements ScenarioSet {

  private final Values values;

  TimeScenarios(Values values) {
    this.values = values;
  }

  @Override
  public Map<String, Scenario> scenarios() {
    return Map.of(
        "value.dates",
        () -> values.later(dates()),
        "value.moments",
        () -> values.later(moments(), Duration.parse("PT25H0.000000001S")),
        "value.moment-far-away",
        () -> values.after(Instant.MAX.minusNanos(1)),
        "value.moment-long-ago",
        () -> values.after(Instant.MIN));
  }

  private static Dates dates() {
    var leapDay = LocalDate.of(2024, 2, 29);
    var lastMoment = LocalTime.of(23, 59, 59, 999_999_998);
    return new Dates(
        leapDay,
        lastMoment,
        leapDay.atTime(lastMoment),
        YearMonth.of(2024, 12),
        Year.of(-1),
        Period.of(1, 2, 3),
        Dates.Names.of(leapDay));
  }

  /// 25 hours on is in the hour that the end of summer time repeats: the second time, by its
  /// offset.
  private static Moments moments() {
    return Moments.of(
        Instant.parse("2024-10-26T00:30:00.123456789Z"),
        ZoneId.of("Europe/Berlin"),
        ZoneOffset.ofHoursMinutes(5, 45));
  }
}
