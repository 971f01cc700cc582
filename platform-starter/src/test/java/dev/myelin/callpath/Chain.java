package dev.myelin.callpath;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.contract.ServiceContracts;
import java.io.IOException;

/// Five services, each of which calls the next.
final class Chain {

  private Chain() {}

  /// The last service of a chain.
  @Microservice(name = "leaf", timeout = "20s")
  public interface Leaf {
    @Operation(idempotent = true)
    String work();
  }

  /// Calls [Leaf].
  @Microservice(name = "fourth", timeout = "20s", idempotent = true)
  public interface Fourth extends Hop {}

  /// Calls [Fourth].
  @Microservice(name = "third", timeout = "20s", idempotent = true)
  public interface Third extends Hop {}

  /// Calls [Third].
  @Microservice(name = "second", timeout = "20s", idempotent = true)
  public interface Second extends Hop {}

  /// Calls [Second].
  @Microservice(name = "first", timeout = "20s", idempotent = true)
  public interface First extends Hop {}

  /// What calls the next service of a chain.
  public interface Hop {
    String next();
  }

  record Passing(Leaf leaf) implements Fourth {
    @Override
    public String next() {
      return leaf.work();
    }
  }

  record PassingOn(Hop after) implements First, Second, Third {
    @Override
    public String next() {
      return after.next();
    }
  }

  /// Adds an instance of each but the leaf, every one a caller of its own.
  static void serve(CallPathScene scene) throws IOException {
    scene.serve(Fourth.class, new Passing(standIn(scene, Leaf.class)));
    scene.serve(Third.class, new PassingOn(standIn(scene, Fourth.class)));
    scene.serve(Second.class, new PassingOn(standIn(scene, Third.class)));
    scene.serve(First.class, new PassingOn(standIn(scene, Second.class)));
  }

  static <T> T standIn(CallPathScene scene, Class<T> type) {
    return type.cast(scene.caller().standIn(ServiceContracts.of(type)));
  }
}
