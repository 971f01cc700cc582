package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Reading.Health;

/// What a stethoscope holds an instance for.
public enum Condition {
  /// It beats.
  BEATING(Health.HEALTHY),
  /// Its heartbeat is late: asked again and again, and nobody is told yet.
  LATE(Health.HEALTHY),
  /// A caller complained: asked again and again; heartbeats do not clear it, an answer does.
  ACCUSED(Health.HEALTHY),
  /// It does not beat, but answers when it is asked: healthy as long as it goes on to answer.
  ANSWERING(Health.HEALTHY),
  /// It beats, but does not answer, as callers said: quarantined until it answers; never flagged.
  MUTE(Health.QUARANTINED),
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

  /// Whether every moment counts until it is quarantined or cleared.
  boolean urgent() {
    return this == LATE || this == ACCUSED;
  }

  /// Whether it is held for one that cannot be heard.
  boolean silent() {
    return this == LATE || this == QUARANTINED || this == FLAGGED;
  }
}
