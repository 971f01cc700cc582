package dev.myelin.membership;

import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.Stethoscope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The stethoscopes that a process finds among the core services, each called at its own endpoint,
/// on the caller's thread. Not thread-safe: belongs to the thread that beats.
public final class CalledStethoscopes implements StethoscopeLine {

  private final InstanceId self;
  private final Supplier<Snapshot> living;
  private final Function<Instance, Stethoscope> at;
  private final Map<InstanceId, Stethoscope> known = new HashMap<>();
  private Snapshot seen = Snapshot.EMPTY;
  private List<InstanceId> ranked = List.of();

  /// Creates it.
  ///
  /// @param self the process that beats
  /// @param living gets the core processes that have a stethoscope; never blocks
  /// @param at gets the stethoscope of such a process, or a stand-in for it
  public CalledStethoscopes(
      InstanceId self, Supplier<Snapshot> living, Function<Instance, Stethoscope> at) {
    this.self = self;
    this.living = living;
    this.at = at;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a snapshot is the identical object until it changes
  public List<InstanceId> ranked() {
    var snapshot = living.get();
    if (snapshot != seen) {
      seen = snapshot;
      var byId =
          snapshot.members().stream()
              .map(Member::instance)
              .collect(Collectors.toMap(Instance::id, Function.identity()));
      known.keySet().retainAll(byId.keySet());
      byId.forEach((id, instance) -> known.computeIfAbsent(id, _ -> at.apply(instance)));
      ranked = new Rendezvous(byId.keySet()).ranked(self);
    }
    return ranked;
  }

  @Override
  public CompletableFuture<?> beat(InstanceId stethoscope, Heartbeat heartbeat) {
    try {
      var called = known.get(stethoscope);
      if (called == null) {
        throw new IllegalArgumentException(
            "'%s' is no stethoscope known here".formatted(stethoscope));
      }
      called.beat(heartbeat);
      return CompletableFuture.completedFuture(null);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
