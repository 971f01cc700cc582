package dev.myelin.client.pick;

import org.jspecify.annotations.Nullable;

/// Takes the instance that the orchestrator has named, as every other caller does.
///
/// Where that one does not serve, or none was named yet, the first by id takes its place until
/// another is named: every caller comes to that by itself, too.
final class OrchestratedPicker implements Picker {

  @Override
  public @Nullable Candidate pick(Candidates candidates, Choice choice) {
    var named = candidates.named();
    if (named != null && choice.takes(named)) {
      return named;
    }
    return candidates.size() == 0 ? null : RoundRobinPicker.firstTaken(candidates, choice, 0);
  }
}
