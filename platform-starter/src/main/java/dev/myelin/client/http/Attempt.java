package dev.myelin.client.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.client.Balance;
import dev.myelin.client.pick.Candidate;
import java.lang.ref.Cleaner;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;

/// One HTTP request at one instance, as the metadata of the chosen [ServiceInstance].
///
/// Spring Cloud wraps instances on their way to its [lifecycle
/// callbacks][org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle], and its
/// wrappers pass little but the metadata on: that is how the callbacks find the attempt. A reactive
/// client that is cancelled calls back no more, so an attempt that nobody holds any longer ends
/// with it.
final class Attempt extends AbstractMap<String, String> {

  /// Key of the instance's id.
  static final String INSTANCE = "myelin.instance-id";

  private static final Cleaner ABANDONED = Cleaner.create();

  private final Balance balance;
  private final Candidate candidate;

  @GuardedBy("this")
  private long startedAt;

  @GuardedBy("this")
  private Cleaner.@Nullable Cleanable open;

  Attempt(Balance balance, Candidate candidate) {
    this.balance = balance;
    this.candidate = candidate;
  }

  /// The attempt at a chosen instance; null if somebody else chose it.
  static @Nullable Attempt of(@Nullable Response<ServiceInstance> response) {
    var server = response == null ? null : response.getServer();
    return server != null && server.getMetadata() instanceof Attempt attempt ? attempt : null;
  }

  /// Id of an instance that membership told of; null if somebody else did.
  static @Nullable String instanceOf(ServiceInstance instance) {
    var metadata = instance.getMetadata();
    return metadata == null ? null : metadata.get(INSTANCE);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return Set.of(Map.entry(INSTANCE, candidate.id().value()));
  }

  /// The request goes out.
  synchronized void started() {
    if (open == null) {
      startedAt = candidate.started();
      // a reference to the attempt itself would keep it for ever
      open = ABANDONED.register(this, candidate::ended);
    }
  }

  /// An answer came.
  synchronized void answered() {
    if (end()) {
      candidate.answered(startedAt);
    }
  }

  /// The instance had no room.
  synchronized void refused() {
    if (end()) {
      candidate.answered();
      candidate.refused();
    }
  }

  /// No answer came.
  synchronized void unanswered() {
    if (end()) {
      balance.unanswered(candidate);
    }
  }

  /// It came to an end that says nothing of the instance.
  synchronized void abandoned() {
    var _ = end();
  }

  @GuardedBy("this")
  private boolean end() {
    var ending = open;
    if (ending == null) {
      return false;
    }
    open = null;
    ending.clean();
    return true;
  }

  // one request, not its text, makes two attempts the same
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
