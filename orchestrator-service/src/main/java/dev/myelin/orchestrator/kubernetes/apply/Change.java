package dev.myelin.orchestrator.kubernetes.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/// One thing to be written.
public sealed interface Change {

  /// An object is to be as desired.
  ///
  /// @param desired what is written, epoch and hash included
  /// @param live what is there, if anything is
  record Apply(HasMetadata desired, @Nullable HasMetadata live) implements Change {}

  /// An object is to go: the service has another shape now.
  ///
  /// @param live what is there
  record Delete(HasMetadata live) implements Change {}

  /// An object was written by a later leader than this one, so that nothing may be done to it.
  ///
  /// @param live what is there
  /// @param epoch the later one
  record Refused(HasMetadata live, long epoch) implements Change {}
}
