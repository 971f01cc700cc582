package dev.myelin.orchestrator.deploy;

import java.util.HashMap;
import java.util.Map;

/// Variables of the environment that a spawned process gets, beside and above those that it
/// inherits.
///
/// Their values may be secrets: other than a command line, only the system's own user can read
/// them, and this class shows their names alone.
///
/// @param values by name
public record ProcessVariables(Map<String, String> values) {

  /// No variables: a process inherits those of this one.
  public static final ProcessVariables NONE = new ProcessVariables(Map.of());

  /// Copies the values.
  public ProcessVariables {
    values = Map.copyOf(values);
  }

  /// Gives them to a process that is about to be started.
  public void applyTo(ProcessBuilder process) {
    process.environment().putAll(values);
  }

  /// What a process then sees.
  ///
  /// @param inherited what it would see without
  public Map<String, String> over(Map<String, String> inherited) {
    var all = new HashMap<>(inherited);
    all.putAll(values);
    return all;
  }

  @Override
  public String toString() {
    return "ProcessVariables" + values.keySet();
  }
}
