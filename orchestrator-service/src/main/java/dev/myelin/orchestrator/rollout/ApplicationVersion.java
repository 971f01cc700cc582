package dev.myelin.orchestrator.rollout;

import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationView.VersionView;
import java.time.Instant;

/// One version of the application, as it is stored.
///
/// @param name its name in this cluster: `v1`, `v2` …
/// @param jar path of its jar
/// @param since when it came
/// @param description its services
public record ApplicationVersion(
    String name, String jar, Instant since, ApplicationDescription description) {

  VersionView view() {
    return new VersionView(name, description.build(), jar, since);
  }
}
