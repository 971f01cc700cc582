package dev.myelin.orchestrator.reconcile;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/// Membership in memory, at once the owner and what is told of it. Thread-safe.
public final class ScriptedPubSub implements PubSub, Resolver {

  private final Map<InstanceId, Member> members = new TreeMap<>();
  private final Map<String, List<Consumer<Snapshot>>> listeners = new HashMap<>();
  private final List<Announcement> announcements = new ArrayList<>();
  private final List<Naming> names = new ArrayList<>();
  private final List<InstanceId> deregistered = new ArrayList<>();
  private Set<InstanceId> pending = Set.of();
  private long version;
  private boolean away;

  /// Lets every call fail, or succeed again.
  public synchronized void away(boolean gone) {
    away = gone;
  }

  /// Who has not acknowledged.
  public synchronized void pending(Set<InstanceId> ids) {
    pending = ids;
  }

  public synchronized List<Announcement> announcements() {
    return List.copyOf(announcements);
  }

  public synchronized List<InstanceId> deregistered() {
    return List.copyOf(deregistered);
  }

  public synchronized Optional<Member> member(InstanceId id) {
    return Optional.ofNullable(members.get(id));
  }

  public synchronized List<Member> members() {
    return List.copyOf(members.values());
  }

  /// Changes a member's state as the stethoscope would.
  public synchronized void setState(InstanceId id, InstanceState state) {
    members.computeIfPresent(id, (_, member) -> member.withState(state));
    tell();
  }

  private void answer() {
    if (away) {
      throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "pubsub is away");
    }
  }

  private long tell() {
    version++;
    listeners.forEach((service, consumers) ->
        List.copyOf(consumers).forEach(consumer -> consumer.accept(snapshot(service))));
    return version;
  }

  @Override
  public synchronized long register(Instance instance) {
    members.merge(
        instance.id(),
        new Member(instance, InstanceState.SERVING),
        (known, _) -> known.withInstance(instance));
    return tell();
  }

  @Override
  public synchronized long announce(Announcement announcement) {
    answer();
    announcements.add(announcement);
    setState(
        announcement.id(),
        switch (announcement.change()) {
          case DRAIN, LEAVE -> InstanceState.DRAINING;
          case QUARANTINE -> InstanceState.QUARANTINED;
          case RELEASE -> InstanceState.SERVING;
        });
    return version;
  }

  @Override
  public synchronized long name(InstanceId id, String service, long epoch) {
    answer();
    names.add(new Naming(id, service, epoch));
    members.replaceAll((each, member) ->
        member.withNamed(each.equals(id) ? List.of(service) : others(member, service)));
    return tell();
  }

  private static List<String> others(Member member, String service) {
    return member.named().stream().filter(name -> !name.equals(service)).toList();
  }

  /// A naming as it was ordered.
  public record Naming(InstanceId id, String service, long epoch) {}

  public synchronized List<Naming> names() {
    return List.copyOf(names);
  }

  /// The named instance of a service.
  public synchronized Optional<InstanceId> named(String service) {
    return members.values().stream()
        .filter(member -> member.named().contains(service))
        .map(member -> member.instance().id())
        .findFirst();
  }

  @Override
  public synchronized long deregister(InstanceId id, String reason) {
    answer();
    deregistered.add(id);
    members.remove(id);
    return tell();
  }

  @Override
  public synchronized Acknowledgement acknowledgement(long asked) {
    answer();
    return new Acknowledgement(asked, pending);
  }

  @Override
  public synchronized Snapshot snapshot(String service) {
    return new Snapshot(
        version,
        members.values().stream()
            .filter(member -> member.instance().services().contains(service))
            .toList());
  }

  @Override
  public synchronized AutoCloseable listen(String service, Consumer<Snapshot> listener) {
    listeners.computeIfAbsent(service, _ -> new ArrayList<>()).add(listener);
    listener.accept(snapshot(service));
    return () -> unlisten(service, listener);
  }

  private synchronized void unlisten(String service, Consumer<Snapshot> listener) {
    listeners.getOrDefault(service, new ArrayList<>()).remove(listener);
  }

  @Override
  public Snapshot awaitChange(String service, Snapshot known, Duration limit) {
    throw new UnsupportedOperationException("the orchestrator listens");
  }

  @Override
  public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
    throw new UnsupportedOperationException("the resolver subscribes");
  }

  @Override
  public void acknowledge(InstanceId subscriber, long applied) {
    throw new UnsupportedOperationException("the resolver acknowledges");
  }
}
