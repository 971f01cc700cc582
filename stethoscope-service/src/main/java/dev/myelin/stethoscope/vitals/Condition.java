package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Reading.Health;

/// What a stethoscope holds an instance for.
public enum Condition {
  /// It beats.
  BEATING(Health.HEALTHY),
  /// It does not beat, but answers when it is asked: healthy as long as it goes on to answer.
  ANSWERING(Health.HEALTHY),
  /// Silent: quarantined, and asked.
  QUARANTINED(Health.QUARANTINED),
  /// Did not answer for long: flagged to die, and still asked.
  FLAGGED(Health.FLAGGED);

  private final Health health;

  Condition(Health health) {
    this.health = health;
  }

  Health health() {
    return health;
  }

  boolean suspect() {
    return health != Health.HEALTHY;
  }
}
