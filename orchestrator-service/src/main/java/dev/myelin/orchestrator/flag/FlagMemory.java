package dev.myelin.orchestrator.flag;

import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.Map;

/// Hands the flags taken within the last minute from one orchestrator to the next. Thread-safe.
public interface FlagMemory {

  /// Remembers nothing.
  FlagMemory NONE =
      new FlagMemory() {
        @Override
        public Map<InstanceId, Duration> recall() {
          return Map.of();
        }

        @Override
        public void keep(Map<InstanceId, Duration> ages) {}
      };

  /// How long ago flags were taken, by whom they were on. May be negative where a clock went back.
  Map<InstanceId, Duration> recall();

  /// Keeps them for whoever acts next.
  ///
  /// @param ages how long ago they were taken, by whom they were on
  void keep(Map<InstanceId, Duration> ages);
}
