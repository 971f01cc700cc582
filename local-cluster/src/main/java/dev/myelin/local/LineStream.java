package dev.myelin.local;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Collects bytes to whole lines. Thread-safe; what is not ended by a line feed is kept until it
/// is.
final class LineStream extends OutputStream {

  private final Consumer<String> lines;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /// Creates one.
  ///
  /// @param lines takes each line, in UTF-8, with its line feed
  LineStream(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void write(int each) {
    write(new byte[] {(byte) each}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      for (int i = offset; i < offset + length; i++) {
        pending.write(bytes[i]);
        if (bytes[i] == '\n') {
          lines.accept(pending.toString(StandardCharsets.UTF_8));
          pending.reset();
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
