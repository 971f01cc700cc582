package dev.myelin.local;

import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A step in the life of an instance.
///
/// @param instance the instance, as it was seen last
/// @param state what it is now: a state in lower case, or `gone`
record StateChange(InstanceView instance, String state) {

  /// What happened between two looks at the cluster, in order of the services; an instance that
  /// hosts several services changes once.
  ///
  /// @param before the earlier look
  /// @param after the later one
  static List<StateChange> between(ClusterView before, ClusterView after) {
    var old = byId(before);
    var current = byId(after);
    var changes = new ArrayList<StateChange>();
    old.forEach((id, instance) -> {
      if (!current.containsKey(id)) {
        changes.add(new StateChange(instance, "gone"));
      }
    });
    current.forEach((id, instance) -> {
      var known = old.get(id);
      if (known == null || known.state() != instance.state()) {
        changes.add(new StateChange(instance, instance.state().name().toLowerCase(Locale.ROOT)));
      }
    });
    return changes;
  }

  /// Where the instance is: what is known of its address and process.
  String place() {
    var place = new StringBuilder();
    if (instance.address() != null) {
      place.append(instance.address());
    }
    if (instance.pid() > 0) {
      place.append(place.isEmpty() ? "" : " ").append("pid ").append(instance.pid());
    }
    return place.toString();
  }

  private static Map<InstanceId, InstanceView> byId(ClusterView view) {
    var instances = new LinkedHashMap<InstanceId, InstanceView>();
    new TreeMap<>(view.services())
        .values()
        .forEach(each -> each.forEach(instance -> instances.putIfAbsent(instance.id(), instance)));
    return instances;
  }
}
