package dev.myelin.membership;

import dev.myelin.membership.PubSubs.Place;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// The receiving end of one subscription, for its connection.
///
/// Signals come from any thread and are handed to the scheduler; everything else is called by tasks
/// of the scheduler.
final class FeedSubscription implements Flow.Subscriber<MembershipUpdate> {

  /// Updates that may be under way at a time.
  private static final int WINDOW = 16;

  private final FeedConnection connection;
  private final SerialScheduler scheduler;
  private final Set<String> services;
  private final Optional<Place> place;
  private final long startedAt;
  private @Nullable PubSub pubsub;
  private boolean confirmed;
  private Flow.@Nullable Subscription subscription;

  FeedSubscription(
      FeedConnection connection,
      SerialScheduler scheduler,
      Set<String> services,
      Optional<Place> place) {
    this.connection = connection;
    this.scheduler = scheduler;
    this.services = services;
    this.place = place;
    this.startedAt = scheduler.nanoTime();
  }

  Set<String> services() {
    return services;
  }

  boolean covers(String service) {
    return services.contains(service) || services.contains("*");
  }

  long startedAt() {
    return startedAt;
  }

  /// Where it was made; nothing if no pubsub was known.
  Optional<InstanceId> place() {
    return place.map(Place::id);
  }

  PubSub pubsub() {
    var there = pubsub;
    if (there == null) {
      there = place.orElseThrow().pubsub().get();
      pubsub = there;
    }
    return there;
  }

  /// Whether an update has come.
  boolean confirmed() {
    return confirmed;
  }

  /// Takes note of an update.
  void confirm() {
    confirmed = true;
  }

  void request(long updates) {
    if (subscription != null) {
      subscription.request(updates);
    }
  }

  void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    scheduler.execute(() -> {
      if (!connection.isCurrent(this) || subscription != null) {
        begun.cancel();
        return;
      }
      subscription = begun;
      request(WINDOW);
    });
  }

  @Override
  public void onNext(MembershipUpdate update) {
    scheduler.execute(() -> connection.received(this, update));
  }

  @Override
  public void onError(Throwable error) {
    scheduler.execute(() -> connection.ended(this, error.toString()));
  }

  @Override
  public void onComplete() {
    scheduler.execute(() -> connection.ended(this, "pubsub ended the subscription"));
  }
}
