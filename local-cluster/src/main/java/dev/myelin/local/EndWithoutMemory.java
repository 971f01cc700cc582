package dev.myelin.local;

import java.lang.Thread.UncaughtExceptionHandler;

/// Ends this process where a thread has died of an `OutOfMemoryError`, as
/// `-XX:+ExitOnOutOfMemoryError` does: half a core process holds up a cluster which others would
/// carry on.
///
/// Core processes that Myelin starts get that flag; the first one is started by somebody who need
/// not know it. Thread-safe; takes no memory.
final class EndWithoutMemory implements UncaughtExceptionHandler {

  /// What the JVM itself exits with.
  static final int STATUS = 3;

  private final UncaughtExceptionHandler others;
  private final Exit exit;

  /// How a process ends at once.
  @FunctionalInterface
  interface Exit {

    /// Ends it.
    void now(int status);
  }

  /// Creates one.
  ///
  /// @param others told of whatever else a thread dies of
  /// @param exit ends the process
  EndWithoutMemory(UncaughtExceptionHandler others, Exit exit) {
    this.others = others;
    this.exit = exit;
  }

  /// Makes it the one that is told of all threads without a handler of their own.
  static void install() {
    var known = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        new EndWithoutMemory(
            known == null ? EndWithoutMemory::print : known,
            status -> Runtime.getRuntime().halt(status)));
  }

  // what the JDK does where there is no handler
  private static void print(Thread thread, Throwable e) {
    System.err.print("Exception in thread \"" + thread.getName() + "\" ");
    e.printStackTrace();
  }

  @Override
  public void uncaughtException(Thread thread, Throwable e) {
    if (e instanceof OutOfMemoryError) {
      exit.now(STATUS);
    }
    others.uncaughtException(thread, e);
  }
}
