package dev.myelin.gateway.door;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the door is.
///
/// @param door Port that this gateway takes, besides its own, as soon as no other gateway of the
///   host has it; 1 to 65535. None by default.
@ConfigurationProperties("myelin.core.gateway")
record DoorProperties(@Nullable Integer door) {

  private static final int LAST = 65_535;

  DoorProperties {
    if (door != null && (door < 1 || door > LAST)) {
      throw new IllegalArgumentException(
          "'myelin.core.gateway.door' is %d but must be from 1 to %d".formatted(door, LAST));
    }
  }
}
