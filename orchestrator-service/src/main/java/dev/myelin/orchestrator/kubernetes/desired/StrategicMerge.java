package dev.myelin.orchestrator.kubernetes.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Merges a patch into a pod template, as the API does with a strategic merge patch.
///
/// Objects are merged field by field and `null` removes one; lists whose elements have a key, such
/// as containers by their names, are merged element by element, others are replaced. `$patch:
/// replace` and `$patch: delete` are understood.
final class StrategicMerge {

  private static final String DIRECTIVE = "$patch";

  /// Key of the elements of each list that is merged.
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("env", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("ports", "containerPort"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("hostAliases", "ip"),
          Map.entry("readinessGates", "conditionType"));

  private StrategicMerge() {}

  static JsonNode merge(JsonNode base, JsonNode patch) {
    if (!(base instanceof ObjectNode object) || !(patch instanceof ObjectNode changes)) {
      return patch.deepCopy();
    }
    var result = replaces(changes) ? JsonNodeFactory.instance.objectNode() : object.deepCopy();
    changes
        .properties()
        .forEach(change -> {
          var name = change.getKey();
          var value = change.getValue();
          if (value.isNull()) {
            result.remove(name);
          } else if (!name.equals(DIRECTIVE)) {
            result.set(name, mergeField(name, result.get(name), value));
          }
        });
    return result;
  }

  private static JsonNode mergeField(String name, @Nullable JsonNode before, JsonNode value) {
    var key = KEYS.get(name);
    if (value instanceof ArrayNode changes && before instanceof ArrayNode list && key != null) {
      return mergeList(list, changes, key);
    }
    if (value instanceof ObjectNode) {
      return merge(before == null ? JsonNodeFactory.instance.objectNode() : before, value);
    }
    return value.deepCopy();
  }

  private static ArrayNode mergeList(ArrayNode list, ArrayNode changes, String key) {
    var result = list.deepCopy();
    for (var change : changes) {
      if (replaces(change)) {
        result.removeAll();
        continue;
      }
      var found = index(result, key, change);
      if ("delete".equals(change.path(DIRECTIVE).asText())) {
        found.ifPresent(result::remove);
      } else if (found.isPresent()) {
        result.set(found.get(), merge(result.get(found.get()), change));
      } else {
        result.add(change.deepCopy());
      }
    }
    return result;
  }

  private static boolean replaces(JsonNode patch) {
    return "replace".equals(patch.path(DIRECTIVE).asText());
  }

  private static Optional<Integer> index(ArrayNode list, String key, JsonNode wanted) {
    var value = wanted.path(key).asText();
    for (int i = 0; i < list.size(); i++) {
      if (!value.isEmpty() && list.get(i).path(key).asText().equals(value)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
