package dev.myelin.gateway.tunnel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is let in. Thread-safe; how long an answer takes says nothing about the tokens.
final class TunnelTokens {

  private static final Logger log = LoggerFactory.getLogger(TunnelTokens.class);
  private static final Duration SAID_EVERY = Duration.ofMinutes(1);

  private final List<byte[]> digests;
  private final LongSupplier nanoTicker;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong sayAgain;

  TunnelTokens(List<String> tokens, LongSupplier nanoTicker) {
    this.digests = tokens.stream().map(String::strip).map(TunnelTokens::digest).toList();
    this.nanoTicker = nanoTicker;
    this.sayAgain = new AtomicLong(nanoTicker.getAsLong());
  }

  /// Whether a token is one of those.
  ///
  /// @param shown what a request has, if anything
  /// @param from where it comes from, for the log
  boolean admit(@Nullable String shown, String from) {
    var digest = digest(shown == null ? "" : shown.strip());
    boolean known = false;
    for (var each : digests) {
      known |= MessageDigest.isEqual(each, digest);
    }
    if (!known) {
      refused(shown != null, from);
    }
    return known;
  }

  private void refused(boolean shown, String from) {
    long count = refused.incrementAndGet();
    long now = nanoTicker.getAsLong();
    long due = sayAgain.get();
    if (now - due >= 0 && sayAgain.compareAndSet(due, now + SAID_EVERY.toNanos())) {
      log.warn(
          "A tunnel was refused for {} token: from={} refused={}",
          shown ? "a wrong" : "want of a",
          from,
          count);
    }
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
