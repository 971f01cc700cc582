package dev.myelin.samples.primes.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What `GET /-/cluster` says.
///
/// @param services instances by the name of their service; the front and the core services too
/// @param calls calls made so far
record ClusterState(Map<String, List<Instance>> services, Calls calls) {

  /// One process of a service.
  ///
  /// @param id its identity
  /// @param pid its process
  /// @param state what may be sent to it, in lower case
  /// @param inFlight calls that run or wait there
  record Instance(String id, long pid, String state, long inFlight) {

    /// Whether it takes new calls.
    boolean serving() {
      return state.equals("serving");
    }
  }

  /// Calls between processes.
  ///
  /// @param made calls that ended
  /// @param retried attempts beyond the first
  /// @param failed calls that ended without an answer
  record Calls(long made, long retried, long failed) {}

  /// Reads it.
  ///
  /// @param json the body of the answer
  static ClusterState of(Json json) {
    var services = new LinkedHashMap<String, List<Instance>>();
    json.at("services")
        .fields()
        .forEach((name, instances) ->
            services.put(name, instances.elements().stream().map(ClusterState::instance).toList()));
    var calls = json.at("calls");
    return new ClusterState(
        services,
        new Calls(
            calls.at("made").number(), calls.at("retried").number(), calls.at("failed").number()));
  }

  private static Instance instance(Json json) {
    return new Instance(
        json.at("id").text(),
        json.at("pid").number(),
        json.at("state").text().toLowerCase(Locale.ROOT),
        json.at("inFlight").number());
  }

  /// The instances of one service.
  List<Instance> instancesOf(String service) {
    return services.getOrDefault(service, List.of());
  }

  /// What each process hosts, by its id: names of services, joined by commas.
  Map<Long, String> processes() {
    return services.entrySet().stream()
        .flatMap(
            entry -> entry.getValue().stream().map(one -> Map.entry(one.pid(), entry.getKey())))
        .distinct()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                (left, right) -> left + ", " + right,
                LinkedHashMap::new));
  }
}
