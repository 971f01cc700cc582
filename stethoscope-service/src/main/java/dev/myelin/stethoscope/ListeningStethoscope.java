package dev.myelin.stethoscope;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.membership.Snapshot;
import dev.myelin.stethoscope.vitals.Ward;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Member;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Reading;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The stethoscope as one ward with its share of the members of the cluster. Thread-safe.
///
/// Its rounds run on a platform thread of their own, so that they are late only if the whole
/// process is.
final class ListeningStethoscope implements Stethoscope {

  private static final Duration LONGEST_OPINION = Duration.ofSeconds(3);

  private final Ward ward;
  private final Resolver resolver;
  private final SerialScheduler scheduler;
  private volatile List<AutoCloseable> listenings = List.of();

  ListeningStethoscope(Ward ward, Resolver resolver, SerialScheduler scheduler) {
    this.ward = ward;
    this.resolver = resolver;
    this.scheduler = scheduler;
  }

  /// Begins to follow the membership, the other stethoscopes and the time; to be called once.
  void start() {
    var begun = new ArrayList<AutoCloseable>();
    begun.add(resolver.listen("*", this::follow));
    begun.add(resolver.listen(ServiceNames.STETHOSCOPE, this::share));
    listenings = List.copyOf(begun);
    scheduler.repeat(Ward.ROUND, ward::round);
  }

  private void follow(Snapshot snapshot) {
    if (snapshot.version() > 0) {
      ward.watch(snapshot.members());
    }
  }

  private void share(Snapshot snapshot) {
    if (snapshot.version() > 0) {
      ward.colleagues(snapshot.members().stream().map(Member::instance).toList());
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

  @Override
  public Opinion opinion(Instance instance) {
    return ward.opinion(instance).orTimeout(LONGEST_OPINION.toNanos(), TimeUnit.NANOSECONDS).join();
  }

  @Override
  public boolean listening() {
    return true;
  }

  /// Judges nobody any more; what is known stays readable.
  void stop() {
    scheduler.close();
    for (var listening : listenings) {
      try {
        listening.close();
      } catch (Exception e) {
        throw new IllegalStateException("The membership cannot be left", e);
      }
    }
  }
}
