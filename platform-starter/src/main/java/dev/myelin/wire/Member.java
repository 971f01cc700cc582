package dev.myelin.wire;

/// An instance with its state, as membership lists it.
///
/// @param instance the process
/// @param state what may be sent to it
public record Member(Instance instance, InstanceState state) {

  /// The same instance in another state.
  ///
  /// @param state the new state
  public Member withState(InstanceState state) {
    return new Member(instance, state);
  }
}
