package dev.myelin.client;

/// Is told that a service is called and has no instance that could be chosen, so that whoever can
/// start one may do so.
@FunctionalInterface
public interface Absence {

  /// Nobody is told.
  Absence UNNOTICED = _ -> {};

  /// A call waits for an instance. Returns at once; called again each second that a call waits.
  ///
  /// @param service name of the service
  void noticed(String service);
}
