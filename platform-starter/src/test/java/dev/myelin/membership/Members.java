package dev.myelin.membership;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Instance.ProcessIdentity;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.time.Instant;
import java.util.List;

/// Instances for tests.
public final class Members {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private Members() {}

  /// An instance whose port is derived from its id.
  ///
  /// @param id its id
  /// @param services what it hosts
  public static Instance instance(String id, String... services) {
    return new Instance(
        new InstanceId(id),
        List.of(services),
        new Endpoint("127.0.0.1", 1024 + Math.floorMod(id.hashCode(), 60_000)),
        null,
        new ProcessIdentity(Role.INSTANCE, 4711, "build", START));
  }

  /// A core process.
  ///
  /// @param id its id
  /// @param pid its process id
  /// @param startedAfter seconds after the first one
  /// @param services what it hosts
  public static Instance core(String id, long pid, int startedAfter, String... services) {
    var instance = instance(id, services);
    return new Instance(
        instance.id(),
        instance.services(),
        instance.endpoint(),
        null,
        new ProcessIdentity(Role.CORE, pid, "build", START.plusSeconds(startedAfter)));
  }

  /// A member that serves.
  ///
  /// @param id its id
  /// @param services what it hosts
  public static Member serving(String id, String... services) {
    return new Member(instance(id, services), InstanceState.SERVING);
  }
}
