package dev.myelin.contract;

import java.util.ArrayList;
import java.util.List;

/// Tells the stack frames of the call path from those of the application.
///
/// The call path's own frames are left out of what a caller sees, so that a stack trace reads the
/// same whether the service was called in-process or across the network.
public final class LibraryFrames {

  private static final List<String> PREFIXES =
      List.of(
          "dev.myelin.client.",
          "dev.myelin.server.",
          "dev.myelin.transport.",
          "dev.myelin.contract.",
          "dev.myelin.context.",
          "dev.myelin.object.",
          "dev.myelin.observation.",
          "dev.myelin.kubernetes.",
          "dev.myelin.persistence.",
          "dev.myelin.storage.",
          "dev.myelin.stream.",
          "dev.myelin.topic.",
          "dev.myelin.validation.",
          "dev.myelin.wire.",
          "dev.myelin.membership.",
          "dev.myelin.autoconfigure.",
          "dev.myelin.CallContext",
          "dev.myelin.Deadline",
          "java.lang.reflect.",
          "java.lang.invoke.",
          "java.lang.ScopedValue",
          "java.lang.VirtualThread",
          "java.util.concurrent.CompletableFuture",
          "jdk.internal.reflect.",
          "jdk.internal.vm.",
          "jdk.proxy",
          "org.springframework.cglib.");

  private LibraryFrames() {}

  /// Whether the frame belongs to the call path or to what carries it.
  ///
  /// @param frame a stack frame
  public static boolean contains(StackTraceElement frame) {
    var type = frame.getClassName();
    if (type.contains("$$SpringCGLIB$$") || type.contains("$$EnhancerBy")) {
      return true;
    }
    return PREFIXES.stream().anyMatch(type::startsWith);
  }

  /// Appends the current thread's frames of the application to an exception and to each of its
  /// causes and suppressed ones: where it was thrown at the service, then where that was called
  /// from.
  ///
  /// @param thrown what came over the wire
  public static void appendCaller(Throwable thrown) {
    var frames = new ArrayList<>(List.of(thrown.getStackTrace()));
    StackWalker.getInstance()
        .forEach(frame -> {
          if (!contains(frame.toStackTraceElement())) {
            frames.add(frame.toStackTraceElement());
          }
        });
    thrown.setStackTrace(frames.toArray(StackTraceElement[]::new));
  }
}
