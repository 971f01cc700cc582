package dev.myelin.samples.shapes;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls of the services of one package.
///
/// The name of an implementation ends in `Scenarios`, by which [Outcome] knows the caller's frames
/// in a stack trace.
@FunctionalInterface
public interface ScenarioSet {

  /// One call, or a few that belong together, always with the same outcome.
  @FunctionalInterface
  interface Scenario {

    /// Makes the call.
    ///
    /// @return what the caller got
    /// @throws Exception what the service threw
    @Nullable Object run() throws Exception;
  }

  /// The scenarios by name, `package.what-it-shows`.
  Map<String, Scenario> scenarios();
}
