package dev.myelin.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One running process as it registers itself.
///
/// @param id its identity
/// @param services names of the services it hosts; a front has [ServiceNames#FRONT]
/// @param endpoint where it takes calls
/// @param http where its HTTP server listens, if it has one
/// @param process what it runs as
public record Instance(
    InstanceId id,
    List<String> services,
    Endpoint endpoint,
    @Nullable Endpoint http,
    ProcessIdentity process) {

  /// Copies the names.
  public Instance {
    services = List.copyOf(services);
  }

  /// What an instance runs as.
  ///
  /// @param role what the process is
  /// @param pid process id on its host
  /// @param build identifies what it was built from; equal for processes of the same jar
  /// @param startedAt when the process started
  public record ProcessIdentity(Role role, long pid, String build, Instant startedAt) {}
}
