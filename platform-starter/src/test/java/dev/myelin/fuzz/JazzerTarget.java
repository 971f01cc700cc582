package dev.myelin.fuzz;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/// What Jazzer runs: the target that the system property `myelin.fuzz.target` names, once its
/// classes are loaded and warm, so that an input that takes a second is one that hangs.
public final class JazzerTarget {

  private static final int WARMING = 3_000;
  private static final Class<?> TARGET = target();
  private static final MethodHandle ENTRY = entry();

  private JazzerTarget() {}

  private static Class<?> target() {
    try {
      return Class.forName(
          Objects.requireNonNull(
              System.getProperty("myelin.fuzz.target"), "myelin.fuzz.target names no class"));
    } catch (ClassNotFoundException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static MethodHandle entry() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              TARGET, "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Called by Jazzer first.
  public static void fuzzerInitialize() {
    var _ = Fuzzing.run(TARGET, JazzerTarget::run, WARMING);
  }

  /// Called by Jazzer again and again.
  ///
  /// @param input any bytes
  public static void fuzzerTestOneInput(byte[] input) {
    run(input);
  }

  private static void run(byte[] input) {
    try {
      ENTRY.invokeExact(input);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
