package dev.myelin.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something from which items are taken one after the other, by one thread at a time.
interface Pull extends AutoCloseable {

  /// Bytes of an item of a stream of bytes.
  int CHUNK = 32 * 1024;

  /// What comes after the last item.
  Object END = new Object();

  /// The next item, or [#END]; waits for it.
  @Nullable Object next() throws Exception;

  @Override
  void close() throws IOException;

  /// Whether that is what comes after the last item.
  @SuppressWarnings("ReferenceEquality") // no item is it, whatever items say of themselves
  static boolean ended(@Nullable Object item) {
    return item == END;
  }

  /// Bytes as they come, in pieces of at most [#CHUNK].
  static Pull of(InputStream bytes) {
    return new Pull() {
      @Override
      public Object next() throws IOException {
        var chunk = new byte[CHUNK];
        int length = bytes.read(chunk);
        return length < 0 ? END : Arrays.copyOf(chunk, length);
      }

      @Override
      public void close() throws IOException {
        bytes.close();
      }
    };
  }

  /// The elements of a stream.
  static Pull of(Stream<?> stream) {
    return new Pull() {
      // not before the first item is asked for: it may begin the work of the stream
      private @Nullable Iterator<?> iterator;

      @Override
      public @Nullable Object next() {
        var elements = iterator;
        if (elements == null) {
          elements = stream.iterator();
          iterator = elements;
        }
        return elements.hasNext() ? elements.next() : END;
      }

      @Override
      public void close() {
        stream.close();
      }
    };
  }

  /// Nothing.
  static Pull nothing() {
    return new Pull() {
      @Override
      public Object next() {
        return END;
      }

      @Override
      public void close() {}
    };
  }
}
