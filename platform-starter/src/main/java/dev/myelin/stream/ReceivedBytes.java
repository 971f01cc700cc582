package dev.myelin.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The bytes of a stream that another process sends, read on the thread that asks for them. Closing
/// it early closes the stream there.
final class ReceivedBytes extends InputStream {

  private final ItemQueue queue;
  private byte[] chunk = {};
  private int position;
  private boolean closed;

  ReceivedBytes(ItemQueue queue) {
    this.queue = queue;
    Abandoned.watch(this, queue);
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return closed ? 0 : chunk.length - position;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      queue.cancel();
    }
  }

  // to the next byte; false at the end
  private boolean fill() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    while (position == chunk.length) {
      var next = take();
      if (Pull.ended(next)) {
        return false;
      }
      chunk = (byte[]) Objects.requireNonNull(next);
      position = 0;
    }
    return true;
  }

  private @Nullable Object take() throws IOException {
    try {
      return queue.take();
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("the stream ended with an exception of its host", e);
    }
  }
}
