package dev.myelin.callpath;

import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.callpath.Chain.First;
import dev.myelin.callpath.Chain.Leaf;
import dev.myelin.transport.Connection;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/// How many calls reach a service of which every call fails, beside those that were made (goal F3),
/// with the call path as it is.
public final class RetryLoad {

  private static final int LEAVES = 3;
  private static final int HOPS = 2;

  private RetryLoad() {}

  /// How the service fails.
  public enum Failing {
    /// It refuses each call, which therefore did not run.
    REFUSES,
    /// Its connection ends at each call, which therefore may have run.
    BREAKS
  }

  /// Makes calls.
  public interface Load {

    /// Makes one call after the other, whatever comes of them.
    ///
    /// @return how many
    int make(Runnable call) throws InterruptedException;
  }

  /// What it came to.
  ///
  /// @param made calls of the caller
  /// @param arrived calls at the service that fails
  public record Report(int made, int arrived) {

    /// Calls that arrived for each that was made.
    public double ratio() {
      return (double) arrived / made;
    }
  }

  /// One caller of three instances that all fail.
  public static Report oneHop(Failing how, Load load) throws IOException, InterruptedException {
    try (var scene = new CallPathScene()) {
      var arrived = new AtomicInteger();
      leaves(scene, failing(how, arrived));
      var leaf = Chain.standIn(scene, Leaf.class);
      return new Report(load.make(leaf::work), arrived.get());
    }
  }

  /// A caller at the top of five hops, whose bottom refuses every call; two instances each between.
  public static Report fiveHops(Load load) throws IOException, InterruptedException {
    try (var scene = new CallPathScene()) {
      var arrived = new AtomicInteger();
      leaves(scene, failing(Failing.REFUSES, arrived));
      for (int i = 0; i < HOPS; i++) {
        Chain.serve(scene);
      }
      var first = Chain.standIn(scene, First.class);
      return new Report(load.make(first::next), arrived.get());
    }
  }

  static void leaves(CallPathScene scene, BiPredicate<Connection, Frame> intercepts)
      throws IOException {
    for (int i = 0; i < LEAVES; i++) {
      scene.serve(Leaf.class, () -> "done", intercepts);
    }
  }

  /// Counts the calls and lets them fail.
  static BiPredicate<Connection, Frame> failing(Failing how, AtomicInteger arrived) {
    return (connection, frame) -> {
      if (frame instanceof Frame.Call call) {
        arrived.incrementAndGet();
        fail(how, connection, call.id());
        return true;
      }
      return false;
    };
  }

  private static void fail(Failing how, Connection connection, long id) {
    switch (how) {
      case REFUSES ->
          connection.send(
              new Frame.Failure(
                  id, Status.RESOURCE_EXHAUSTED, Execution.DID_NOT_RUN, "full", Payload.EMPTY));
      case BREAKS -> connection.close("cut");
    }
  }
}
