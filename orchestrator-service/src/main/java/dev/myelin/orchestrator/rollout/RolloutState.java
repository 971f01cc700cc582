package dev.myelin.orchestrator.rollout;

import dev.myelin.wire.ApplicationDescription;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What has to be known of the application's versions by whoever acts next, as it is stored.
///
/// @param launched build of the jar that the cluster was started with
/// @param current the version that runs, or that was there before the one being rolled out
/// @param last number of the last version that was given a name
/// @param rollout the replacement under way, or the last one
/// @param epoch epoch of the lease under which this was written
public record RolloutState(
    String launched, ApplicationVersion current, int last, @Nullable Rollout rollout, long epoch) {

  /// Names of the services that are kept running.
  List<String> services() {
    var rolling = underWay();
    var descriptions =
        rolling == null
            ? Stream.of(current.description())
            : Stream.of(rolling.wanted().description(), rolling.unwanted().description());
    return descriptions
        .flatMap(description -> description.services().stream())
        .map(ApplicationDescription.Service::name)
        .distinct()
        .toList();
  }

  /// The replacement under way, if one is.
  @Nullable Rollout underWay() {
    return rollout != null && rollout.phase().underWay() ? rollout : null;
  }
}
