package dev.myelin.benchmarks.load;

/// The bytes of a call inside TCP, averaged over many calls on a connection that has been used
/// before.
///
/// @param calls how many calls were counted
/// @param request bytes to the server, a call
/// @param reply bytes to the client, a call
public record WireBytes(int calls, double request, double reply) {

  /// Returns the bytes of a call both ways.
  public double total() {
    return request + reply;
  }
}
