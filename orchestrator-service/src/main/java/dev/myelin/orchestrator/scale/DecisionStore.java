package dev.myelin.orchestrator.scale;

import java.util.List;

/// Where decisions are kept for whoever acts next.
public interface DecisionStore {

  /// Keeps nothing beyond the process.
  DecisionStore NONE =
      new DecisionStore() {
        @Override
        public List<ScalingRecord> load(List<ScalingRecord> known) {
          return known;
        }

        @Override
        public void save(List<ScalingRecord> records) {}
      };

  /// What is kept, oldest first.
  ///
  /// @param known what this process remembers
  List<ScalingRecord> load(List<ScalingRecord> known);

  /// Keeps these and no others.
  ///
  /// @param records oldest first
  void save(List<ScalingRecord> records);
}
