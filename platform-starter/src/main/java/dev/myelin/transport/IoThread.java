package dev.myelin.transport;

import io.netty.util.concurrent.FastThreadLocalThread;

/// A thread that reads and writes the connections of this process; everything on them waits while
/// it does.
public final class IoThread extends FastThreadLocalThread {

  IoThread(ThreadGroup group, Runnable task, String name) {
    super(group, task, name);
  }

  /// Whether the current thread is one.
  public static boolean current() {
    return Thread.currentThread() instanceof IoThread;
  }
}
