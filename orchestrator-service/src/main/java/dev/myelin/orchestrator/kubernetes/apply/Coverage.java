package dev.myelin.orchestrator.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether every field of one tree has the same value in another, which may have more.
final class Coverage {

  /// Fields by which elements of a list are the same, the first that an element has.
  private static final List<String> KEYS =
      List.of("name", "containerPort", "mountPath", "uid", "conditionType", "topologyKey");

  private Coverage() {}

  static boolean covers(JsonNode desired, @Nullable JsonNode live) {
    return switch (desired) {
      case ObjectNode object -> object(object, live);
      case ArrayNode list -> list(list, live);
      default -> live != null && same(desired, live);
    };
  }

  // An object of nothing is as good as none: emptyDir: {}
  private static boolean object(ObjectNode desired, @Nullable JsonNode live) {
    if (live == null || !live.isObject()) {
      return desired.isEmpty();
    }
    return desired.properties().stream()
        .allMatch(field -> covers(field.getValue(), live.get(field.getKey())));
  }

  private static boolean list(ArrayNode desired, @Nullable JsonNode live) {
    if (desired.isEmpty()) {
      return true;
    }
    if (!(live instanceof ArrayNode there)) {
      return false;
    }
    var key = key(desired);
    if (key == null) {
      return desired.size() == there.size() && inOrder(desired, there);
    }
    for (var element : desired) {
      if (!anyCovers(element, there, key)) {
        return false;
      }
    }
    return true;
  }

  private static boolean inOrder(ArrayNode desired, ArrayNode there) {
    for (int i = 0; i < desired.size(); i++) {
      if (!covers(desired.get(i), there.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyCovers(JsonNode element, ArrayNode there, String key) {
    for (var candidate : there) {
      if (element.path(key).equals(candidate.path(key)) && covers(element, candidate)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String key(ArrayNode list) {
    return KEYS.stream()
        .filter(key -> {
          for (var element : list) {
            if (!element.has(key)) {
              return false;
            }
          }
          return true;
        })
        .findFirst()
        .orElse(null);
  }

  private static boolean same(JsonNode desired, JsonNode live) {
    return desired.equals(live)
        || desired.asText().equals(live.asText())
        || sameQuantity(desired.asText(), live.asText());
  }

  private static boolean sameQuantity(String one, String other) {
    try {
      return Character.isDigit(one.isEmpty() ? ' ' : one.charAt(0))
          && Quantity.getAmountInBytes(new Quantity(one))
                  .compareTo(Quantity.getAmountInBytes(new Quantity(other)))
              == 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
