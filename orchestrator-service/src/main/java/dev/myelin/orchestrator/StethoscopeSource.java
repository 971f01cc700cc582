package dev.myelin.orchestrator;

import dev.myelin.client.CoreStandIns;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The stethoscopes there are, each to be called by itself. Thread-safe; never blocks.
///
/// @param resolver knows the core processes
/// @param any the stethoscope of this process, or a stand-in for any: all there is where none is
///   listed yet
/// @param standIns gets each by its process
/// @param known stand-ins made so far
record StethoscopeSource(
    Resolver resolver,
    Stethoscope any,
    Supplier<CoreStandIns> standIns,
    Map<InstanceId, Stethoscope> known) {

  private static final InstanceId ANY = new InstanceId("stethoscope");

  StethoscopeSource(Resolver resolver, Stethoscope any, Supplier<CoreStandIns> standIns) {
    this(resolver, any, standIns, new ConcurrentHashMap<>());
  }

  /// Ids of their processes.
  Set<InstanceId> ids() {
    return listed().stream().map(Instance::id).collect(Collectors.toSet());
  }

  /// Each by the id of its process.
  Map<InstanceId, Stethoscope> stethoscopes() {
    var listed = listed();
    if (listed.isEmpty()) {
      return Map.of(ANY, any);
    }
    var found = new LinkedHashMap<InstanceId, Stethoscope>();
    for (var process : listed) {
      found.put(process.id(), known.computeIfAbsent(process.id(), _ -> at(process)));
    }
    known.keySet().retainAll(found.keySet());
    return found;
  }

  private Stethoscope at(Instance process) {
    return standIns.get().at(Stethoscope.class, process, () -> any);
  }

  private List<Instance> listed() {
    return resolver.snapshot(ServiceNames.STETHOSCOPE).members().stream()
        .map(Member::instance)
        .toList();
  }
}
