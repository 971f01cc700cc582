package dev.myelin.samples.shapes.value;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;

/// Dates and times of a calendar.
///
/// @param date a date
/// @param time a time of day
/// @param dateTime both
/// @param month a month of a year
/// @param year a year
/// @param period between two dates
/// @param names day of the week and month
public record Dates(
    LocalDate date,
    LocalTime time,
    LocalDateTime dateTime,
    YearMonth month,
    Year year,
    Period period,
    Names names) {

  /// What belongs to a date.
  ///
  /// @param day its day of the week
  /// @param month its month
  public record Names(DayOfWeek day, Month month) {

    static Names of(LocalDate date) {
      return new Names(date.getDayOfWeek(), date.getMonth());
    }
  }
}
