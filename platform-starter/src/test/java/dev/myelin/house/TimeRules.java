package dev.myelin.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/// What the modules keep in which time is a matter of correctness.
public final class TimeRules {

  /// Dates come from a clock that a test may set, and nobody sleeps.
  @ArchTest
  public static final ArchRule timeIsInjected =
      noClasses()
          .that()
          .doNotHaveSimpleName("Time")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class)
          .because(
              "a test must be able to move time: dates come from a Clock, intervals from nanos");

  private TimeRules() {}
}
