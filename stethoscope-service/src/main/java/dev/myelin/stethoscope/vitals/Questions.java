package dev.myelin.stethoscope.vitals;

import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The questions of a ward that are open.
///
/// Their number is bounded: where thousands fall silent at once, more questions would find nothing
/// out but how long a call takes that nobody answers. Called under the [Ward]'s lock; calls back
/// from any thread.
final class Questions {

  private static final int MOST_OPEN = 2_000;
  // Each takes one of the permits that the other stethoscope hears heartbeats with
  private static final int MOST_CONSULTED = 300;
  private static final int MOST_TOLD = 1_000;
  private static final Duration TELL_AGAIN = Duration.ofSeconds(1);

  private final Measures measures;
  private final SerialScheduler scheduler;
  private final BiConsumer<InstanceId, @Nullable Heartbeat> answered;
  private final Advised advised;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger consulted = new AtomicInteger();
  private final Map<InstanceId, Long> toldAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InstanceId, Long> eldest) {
          return size() > MOST_TOLD;
        }
      };

  /// Takes a second opinion.
  @FunctionalInterface
  interface Advised {

    /// Takes it.
    ///
    /// @param id about whom
    /// @param second whose opinion
    /// @param opinion what it thinks
    void accept(InstanceId id, InstanceId second, Opinion opinion);
  }

  Questions(
      Measures measures,
      SerialScheduler scheduler,
      BiConsumer<InstanceId, @Nullable Heartbeat> answered,
      Advised advised) {
    this.measures = measures;
    this.scheduler = scheduler;
    this.answered = answered;
    this.advised = advised;
  }

  /// Asks an instance, and the second stethoscope about it.
  ///
  /// @return whether there was room for one question more
  boolean ask(Instance instance, Optional<Instance> second) {
    if (open.get() >= MOST_OPEN) {
      return false;
    }
    open.incrementAndGet();
    scheduler.execute(() -> put(instance));
    second
        .filter(_ -> consulted.get() < MOST_CONSULTED)
        .ifPresent(other -> {
          consulted.incrementAndGet();
          scheduler.execute(() -> consult(other, instance));
        });
    return true;
  }

  /// Tells the stethoscope that watches an instance of a complaint, unless it was told just now.
  void tell(Instance owner, Instance suspect, long now) {
    var before = toldAt.get(suspect.id());
    if (consulted.get() < MOST_CONSULTED
        && (before == null || now - before >= TELL_AGAIN.toNanos())) {
      toldAt.put(suspect.id(), now);
      consulted.incrementAndGet();
      scheduler.execute(() -> consult(owner, suspect));
    }
  }

  private void put(Instance instance) {
    var _ =
        measures
            .ask(instance)
            .whenComplete((heartbeat, _) -> {
              open.decrementAndGet();
              answered.accept(instance.id(), heartbeat);
            });
  }

  private void consult(Instance second, Instance instance) {
    var _ =
        measures
            .consult(second, instance)
            .whenComplete((opinion, _) -> {
              consulted.decrementAndGet();
              if (opinion != null) {
                advised.accept(instance.id(), second.id(), opinion);
              }
            });
  }
}
