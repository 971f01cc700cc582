package dev.myelin.client.pick;

import org.jspecify.annotations.Nullable;

/// Takes the first instance by id among those that serve, as every other caller does: who serves is
/// the orchestrator's to say, so the instance it drains or replaces hands over to the next by
/// itself.
final class OrchestratedPicker implements Picker {

  @Override
  public @Nullable Candidate pick(Candidates candidates, Choice choice) {
    return candidates.size() == 0 ? null : RoundRobinPicker.firstTaken(candidates, choice, 0);
  }
}
