package dev.myelin.orchestrator.aot;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.orchestrator.deploy.Exit;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts jars with their AOT caches, once there are any. Thread-safe.
///
/// - No start ever waits: the first ones of a new jar go without, while a cache is looked for, and
///   made if there is none.
/// - A cache that does not fit is ignored by the JVM, with a warning. One that was damaged is
///   recognised by its hash and made anew; one that a JVM crashed with is not used again.
/// - Where none can be made, that is said once, and everything starts without.
public final class AotCaches implements JarStart, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AotCaches.class);

  /// Exit codes of a JVM that crashed: SIGABRT, SIGBUS, SIGSEGV.
  private static final List<Integer> CRASHES = List.of(128 + 6, 128 + 7, 128 + 11);

  private final AotTraining training;
  private final Path entries;
  private final Executor search;
  private final Executor background;
  private final Time time;

  @GuardedBy("this")
  private final Map<Stamp, Start> starts = new HashMap<>();

  private record Stamp(Path jar, long size, FileTime changed) {

    static Stamp of(Path jar) throws IOException {
      return new Stamp(jar, Files.size(jar), Files.getLastModifiedTime(jar));
    }
  }

  private record Start(List<String> line, @Nullable AotEntry entry) {}

  /// Creates it.
  ///
  /// @param training makes caches
  /// @param entries folder in which they are kept
  /// @param search runs the search for a cache that was made before
  /// @param background runs trainings, when it suits
  /// @param time says when an entry was last used
  public AotCaches(
      AotTraining training, Path entries, Executor search, Executor background, Time time) {
    this.training = training;
    this.entries = entries;
    this.search = search;
    this.background = background;
    this.time = time;
  }

  @Override
  public List<String> of(Path jar) {
    try {
      return start(Stamp.of(jar)).line();
    } catch (IOException e) {
      log.debug("'{}' cannot be looked at", jar, e);
      return PLAIN.of(jar);
    }
  }

  private synchronized Start start(Stamp stamp) {
    var known = starts.get(stamp);
    if (known == null) {
      known = new Start(PLAIN.of(stamp.jar()), null);
      starts.put(stamp, known);
      search.execute(() -> find(stamp));
    }
    return known;
  }

  @Override
  public synchronized void ended(Path jar, Exit exit) {
    var code = exit.code();
    if (code == null || !CRASHES.contains(code)) {
      return;
    }
    starts.replaceAll((stamp, start) -> {
      var entry = start.entry();
      if (!stamp.jar().equals(jar) || entry == null) {
        return start;
      }
      log.warn("aot-cache=dropped jar='{}': a JVM that used it {}", jar, exit.text());
      drop(entry);
      return new Start(PLAIN.of(jar), null);
    });
  }

  /// Ends a training that is under way: nobody will start anything any more.
  @Override
  public void close() {
    training.cancel();
  }

  private static void drop(AotEntry entry) {
    try {
      entry.dropCache();
    } catch (IOException e) {
      log.warn("'{}' cannot be deleted", entry.cache(), e);
    }
  }

  private void find(Stamp stamp) {
    try {
      if (!AotTraining.extractable(stamp.jar())) {
        log.info("aot-cache=none jar='{}': not an executable jar of Spring Boot's", stamp.jar());
        return;
      }
      var key = training.key(stamp.jar());
      var entry =
          new AotEntry(entries.resolve(key.value()), String.valueOf(stamp.jar().getFileName()));
      if (entry.intact()) {
        use(stamp, entry);
      } else {
        entry.dropCache();
        background.execute(() -> train(stamp, entry));
      }
    } catch (IOException | RuntimeException e) {
      refused(stamp, e);
    }
  }

  private void train(Stamp stamp, AotEntry entry) {
    try {
      long began = time.nanos();
      training.train(stamp.jar(), entry);
      log.info(
          "aot-cache=trained jar='{}' seconds={} bytes={}",
          stamp.jar(),
          time.since(began).toSeconds(),
          Files.size(entry.cache()));
      use(stamp, entry);
      AotEntry.prune(entries);
    } catch (IOException | RuntimeException e) {
      refused(stamp, e);
    }
  }

  private static void refused(Stamp stamp, Exception reason) {
    log.warn(
        "aot-cache=none jar='{}': no cache could be made; its processes start without, more slowly."
            + " Set myelin.core.aot-cache=false if it never can.",
        stamp.jar(),
        reason);
  }

  private void use(Stamp stamp, AotEntry entry) throws IOException {
    var line = new ArrayList<String>();
    line.add("-XX:AOTCache=" + entry.cache());
    line.addAll(AotTraining.extracted(stamp.jar(), entry));
    entry.touch(time.now());
    synchronized (this) {
      starts.put(stamp, new Start(List.copyOf(line), entry));
    }
    log.info("aot-cache=used jar='{}' cache='{}'", stamp.jar(), entry.cache());
  }
}
