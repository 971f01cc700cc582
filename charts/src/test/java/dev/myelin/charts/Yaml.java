package dev.myelin.charts;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Trees of YAML, or of JSON, which is YAML too.
final class Yaml {

  private Yaml() {}

  /// The documents of a text that has several, without empty ones.
  static Iterable<Object> documents(String text) {
    return new Load(LoadSettings.builder().build()).loadAllFromString(text);
  }

  /// The one document of a text.
  static Map<String, Object> object(String text) {
    return asObject(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  /// A tree's node as an object with names.
  static Map<String, Object> asObject(Object node) {
    var object = new LinkedHashMap<String, Object>();
    ((Map<?, ?>) node).forEach((key, value) -> object.put(String.valueOf(key), value));
    return object;
  }

  /// The object below a name.
  static Map<String, Object> children(Map<String, Object> object, String name) {
    var child = object.get(name);
    return child == null ? Map.of() : asObject(child);
  }
}
