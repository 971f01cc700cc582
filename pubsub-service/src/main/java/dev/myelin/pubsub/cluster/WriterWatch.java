package dev.myelin.pubsub.cluster;

import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says loudly, once, that the pubsub that writes does not answer though it holds the right to, as
/// when its process is stopped: nothing here can help, but people can. Not thread-safe.
final class WriterWatch {

  private static final Logger log = LoggerFactory.getLogger(WriterWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LongSupplier nanoTicker;
  private boolean connected;
  private boolean complained;
  private long unansweredSince;

  WriterWatch(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
    lost();
  }

  void connected(Optional<InstanceId> writer) {
    connected = true;
    if (complained) {
      log.info("The pubsub that writes the membership answers again: process={}", name(writer));
    }
    complained = false;
  }

  void lost() {
    connected = false;
    unansweredSince = nanoTicker.getAsLong();
  }

  /// Looks whether it has been silent for too long.
  ///
  /// @param writer who writes, as far as is known
  /// @param version what is served meanwhile
  void look(Optional<InstanceId> writer, long version) {
    long silent = nanoTicker.getAsLong() - unansweredSince;
    if (connected || complained || silent <= PATIENCE.toNanos()) {
      return;
    }
    complained = true;
    log.error(
        "The pubsub that writes the membership does not answer but holds its lock: process={};"
            + " serving version {}, changes wait. End that process to let another one write",
        name(writer),
        version);
  }

  private static String name(Optional<InstanceId> writer) {
    return writer.map(InstanceId::value).orElse("unknown");
  }
}
