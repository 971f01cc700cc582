package dev.myelin.autoconfigure;

import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A membership that a test sets, of services with an HTTP server each.
final class SettableMembership implements Resolver {

  private final Map<String, Snapshot> snapshots = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Member>> members = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  private record Listener(String service, Consumer<Snapshot> consumer) {}

  void put(String service, String id, @Nullable Endpoint http, InstanceState state) {
    var process = new Instance.ProcessIdentity(Role.INSTANCE, 1, "b", Instant.EPOCH);
    var instance =
        new Instance(
            new InstanceId(id), List.of(service), new Endpoint("127.0.0.1", 1), http, process);
    put(service, new Member(instance, state));
  }

  void put(String service, Member member) {
    var all = members.computeIfAbsent(service, _ -> new TreeMap<>());
    all.put(member.instance().id().value(), member);
    publish(service, new ArrayList<>(all.values()));
  }

  void remove(String service, String id) {
    var all = members.computeIfAbsent(service, _ -> new TreeMap<>());
    all.remove(id);
    publish(service, new ArrayList<>(all.values()));
  }

  void state(String service, String id, InstanceState state) {
    var member = members.getOrDefault(service, Map.of()).get(id);
    if (member == null) {
      throw new AssertionError("no instance " + id);
    }
    put(service, member.withState(state));
  }

  private void publish(String service, List<Member> all) {
    var next = new Snapshot(snapshot(service).version() + 1, all);
    snapshots.put(service, next);
    listeners.stream()
        .filter(listener -> listener.service().equals(service))
        .forEach(listener -> listener.consumer().accept(next));
  }

  @Override
  public Snapshot snapshot(String service) {
    return snapshots.getOrDefault(service, Snapshot.EMPTY);
  }

  @Override
  public Snapshot awaitChange(String service, Snapshot known, Duration limit) {
    return snapshot(service);
  }

  @Override
  public AutoCloseable listen(String service, Consumer<Snapshot> consumer) {
    var listener = new Listener(service, consumer);
    listeners.add(listener);
    consumer.accept(snapshot(service));
    return () -> listeners.remove(listener);
  }

  int listeners() {
    return listeners.size();
  }
}
