package dev.myelin.samples.shapes.value;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// Points on the time line.
///
/// @param instant a point
/// @param zoned the same in a zone
/// @param offset the same at an offset
/// @param since time from the epoch until then
/// @param zone the zone
/// @param zoneOffset the offset
public record Moments(
    Instant instant,
    ZonedDateTime zoned,
    OffsetDateTime offset,
    Duration since,
    ZoneId zone,
    ZoneOffset zoneOffset) {

  static Moments of(Instant instant, ZoneId zone, ZoneOffset offset) {
    return new Moments(
        instant,
        instant.atZone(zone),
        instant.atOffset(offset),
        Duration.between(Instant.EPOCH, instant),
        zone,
        offset);
  }
}
