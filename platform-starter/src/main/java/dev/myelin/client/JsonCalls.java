package dev.myelin.client;

import dev.myelin.wire.ApplicationDescription.Rules;
import org.jspecify.annotations.Nullable;

/// Calls of services whose types this process does not have: JSON in, JSON out. Thread-safe.
///
/// The instance binds the JSON to the declared types, so nothing but those is ever created.
public interface JsonCalls {

  /// Calls an operation and waits for its reply, with the same balancing, deadline and retries as a
  /// stand-in's call.
  ///
  /// @param call what to call
  /// @return the result as JSON; the text `null` for none
  /// @throws dev.myelin.CallException if the call fails; [dev.myelin.RemoteCallException] if the
  ///   operation throws; [dev.myelin.Status#INVALID_ARGUMENT] if the JSON does not fit the
  ///   parameters
  String call(JsonCall call);

  /// One call.
  ///
  /// @param service name of the service
  /// @param operation key of the operation
  /// @param arguments a JSON array, one element a parameter, or an object by parameter name
  /// @param rules how the operation may be called
  /// @param key its sticky key, such as the id of an object, as text; null if it has none
  record JsonCall(
      String service, String operation, String arguments, Rules rules, @Nullable String key) {

    /// A call without a sticky key.
    public JsonCall(String service, String operation, String arguments, Rules rules) {
      this(service, operation, arguments, rules, null);
    }
  }
}
