package dev.myelin.stethoscope;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.membership.Snapshot;
import dev.myelin.stethoscope.vitals.Ward;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stethoscope as one ward with all members of the cluster. Thread-safe.
///
/// Its rounds run on a platform thread of their own, so that they are late only if the whole
/// process is.
final class ListeningStethoscope implements Stethoscope {

  private static final Duration ROUND = Duration.ofMillis(100);

  private final Ward ward;
  private final Resolver resolver;
  private final SerialScheduler scheduler;
  private volatile @Nullable AutoCloseable listening;

  ListeningStethoscope(Ward ward, Resolver resolver, SerialScheduler scheduler) {
    this.ward = ward;
    this.resolver = resolver;
    this.scheduler = scheduler;
  }

  /// Begins to follow the membership and the time; to be called once.
  void start() {
    listening = resolver.listen("*", this::follow);
    scheduler.repeat(ROUND, ward::round);
  }

  private void follow(Snapshot snapshot) {
    if (snapshot.version() > 0) {
      ward.watch(snapshot.members());
    }
  }

  @Override
  public void beat(Heartbeat heartbeat) {
    ward.beat(heartbeat);
  }

  @Override
  public List<Reading> readings() {
    return ward.readings();
  }

  /// Judges nobody any more; what is known stays readable.
  void stop() {
    scheduler.close();
    var ending = listening;
    if (ending != null) {
      try {
        ending.close();
      } catch (Exception e) {
        throw new IllegalStateException("The membership cannot be left", e);
      }
    }
  }
}
