package dev.myelin.orchestrator;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether the Kubernetes API lets the orchestrator see and do its work: down while it takes no
/// writes, unknown while something is not watched, which a watch that is renewed may be for a
/// moment. It belongs to no group that a probe asks, since the core serves on without the API.
final class ApiHealthIndicator implements HealthIndicator {

  private final Supplier<Optional<String>> outage;
  private final Supplier<List<String>> unwatched;

  /// Creates it.
  ///
  /// @param outage since when the API takes no writes, and why; empty while it does
  /// @param unwatched kinds of which what is known may be old
  ApiHealthIndicator(Supplier<Optional<String>> outage, Supplier<List<String>> unwatched) {
    this.outage = outage;
    this.unwatched = unwatched;
  }

  @Override
  public Health health() {
    var kinds = unwatched.get();
    var away = outage.get();
    var health =
        away.isPresent() ? Health.down() : kinds.isEmpty() ? Health.up() : Health.unknown();
    away.ifPresent(why -> health.withDetail("writes", why));
    if (!kinds.isEmpty()) {
      health.withDetail("unwatched", kinds);
    }
    return health.build();
  }
}
