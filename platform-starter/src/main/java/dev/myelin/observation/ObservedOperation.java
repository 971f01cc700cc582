package dev.myelin.observation;

/// An operation, as observations name it.
///
/// @param service name of the service
/// @param operation name of the operation; overloads share it
public record ObservedOperation(String service, String operation) {

  @Override
  public String toString() {
    return service + "." + operation;
  }
}
