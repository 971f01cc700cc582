package dev.myelin.stream;

import java.lang.ref.Cleaner;

/// Gives up streams of other processes whose readers were forgotten without being closed: their
/// hosts would keep them as long as the connection lasts.
final class Abandoned {

  private static final Cleaner CLEANER = Cleaner.create();

  private Abandoned() {}

  /// Cancels a stream when its reader is gone.
  ///
  /// @param reader what the application has; the queue must not refer to it
  /// @param queue the stream
  static void watch(Object reader, ItemQueue queue) {
    CLEANER.register(reader, queue::cancel);
  }
}
