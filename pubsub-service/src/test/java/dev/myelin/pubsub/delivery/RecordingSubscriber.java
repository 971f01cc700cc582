package dev.myelin.pubsub.delivery;

import dev.myelin.wire.MembershipUpdate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Notes what it is sent and asks for more only when told to.
class RecordingSubscriber implements Flow.Subscriber<MembershipUpdate> {

  final List<MembershipUpdate> updates = new CopyOnWriteArrayList<>();
  volatile @Nullable Throwable error;
  volatile boolean completed;
  private volatile Flow.@Nullable Subscription subscription;
  private final long first;

  /// Creates one.
  ///
  /// @param first updates it asks for at once
  RecordingSubscriber(long first) {
    this.first = first;
  }

  void request(long count) {
    Objects.requireNonNull(subscription).request(count);
  }

  void cancel() {
    Objects.requireNonNull(subscription).cancel();
  }

  MembershipUpdate last() {
    return updates.getLast();
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    if (first > 0) {
      begun.request(first);
    }
  }

  @Override
  public void onNext(MembershipUpdate update) {
    updates.add(update);
  }

  @Override
  public void onError(Throwable thrown) {
    error = thrown;
  }

  @Override
  public void onComplete() {
    completed = true;
  }
}
