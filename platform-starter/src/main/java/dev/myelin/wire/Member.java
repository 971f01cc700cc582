package dev.myelin.wire;

import java.util.List;

/// An instance with its state, as membership lists it.
///
/// @param instance the process
/// @param state what may be sent to it
/// @param named services for which the orchestrator has named it as the one instance that callers
///   take whose strategy is `orchestrated`
public record Member(Instance instance, InstanceState state, List<String> named) {

  /// Copies the names.
  public Member {
    // a sender that knows no names leaves them out
    named = named == null ? List.of() : List.copyOf(named);
  }

  /// An instance that is not named for anything.
  ///
  /// @param instance the process
  /// @param state what may be sent to it
  public Member(Instance instance, InstanceState state) {
    this(instance, state, List.of());
  }

  /// The same instance in another state.
  ///
  /// @param state the new state
  public Member withState(InstanceState state) {
    return new Member(instance, state, named);
  }

  /// The same member with other properties of the instance.
  ///
  /// @param instance the new properties
  public Member withInstance(Instance instance) {
    return new Member(instance, state, named);
  }

  /// The same member, named for other services.
  ///
  /// @param named names of the services
  public Member withNamed(List<String> named) {
    return new Member(instance, state, named);
  }
}
