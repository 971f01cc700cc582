package dev.myelin.orchestrator.aot;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.FolderLock;
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
/// - No start waits for a training, or for the look at a jar that is new to this process: the first
///   ones go without, while a cache is looked for, and made if there is none.
/// - A cache that another process has made in the meantime is found by the next start: where this
///   one only stood by, its first start has the cache.
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
  private final FolderLock lock;

  @GuardedBy("this")
  private final Map<Stamp, Start> starts = new HashMap<>();

  private record Stamp(Path jar, long size, FileTime changed) {

    static Stamp of(Path jar) throws IOException {
      return new Stamp(jar, Files.size(jar), Files.getLastModifiedTime(jar));
    }
  }

  /// How a jar is started.
  ///
  /// @param line what `java` is told
  /// @param entry where its cache is, or is to be; null while that is not known, and where there
  ///   will be none
  /// @param use how far that is
  private record Start(List<String> line, @Nullable AotEntry entry, Use use) {

    static Start plain(Path jar) {
      return new Start(PLAIN.of(jar), null, Use.NONE);
    }
  }

  private enum Use {
    /// It is not known where a cache would be.
    NONE,
    /// There was none.
    MISSING,
    /// One is made, or was tried to.
    TRAINED,
    /// There is one.
    USED
  }

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
    this.lock = new FolderLock(new ClusterFolder(entries), "training.lock");
  }

  @Override
  public List<String> of(Path jar) {
    try {
      var stamp = Stamp.of(jar);
      var known = known(stamp, true);
      var entry = known.entry();
      if (entry == null || known.use() == Use.USED) {
        return known.line();
      }
      if (entry.intact()) {
        return use(stamp, entry).line();
      }
      if (known.use() == Use.MISSING) {
        train(stamp, entry);
      }
      return known.line();
    } catch (IOException e) {
      log.debug("'{}' cannot be looked at", jar, e);
      return PLAIN.of(jar);
    }
  }

  /// Looks for a cache before it is needed, and makes none: for a process that only stands by.
  ///
  /// @param jar which may be started later
  public void lookAhead(Path jar) {
    try {
      known(Stamp.of(jar), false);
    } catch (IOException e) {
      log.debug("'{}' cannot be looked at", jar, e);
    }
  }

  private synchronized Start known(Stamp stamp, boolean needed) {
    var known = starts.get(stamp);
    if (known == null) {
      known = Start.plain(stamp.jar());
      starts.put(stamp, known);
      search.execute(() -> find(stamp, needed));
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
      return Start.plain(jar);
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

  private void find(Stamp stamp, boolean needed) {
    try {
      if (!AotTraining.extractable(stamp.jar())) {
        log.info("aot-cache=none jar='{}': not an executable jar of Spring Boot's", stamp.jar());
        return;
      }
      var key = training.key(stamp.jar());
      var entry =
          new AotEntry(entries.resolve(key.value()), String.valueOf(stamp.jar().getFileName()));
      if (entry.intact()) {
        var _ = use(stamp, entry);
      } else if (needed) {
        train(stamp, entry);
      } else {
        note(stamp, new Start(PLAIN.of(stamp.jar()), entry, Use.MISSING));
      }
    } catch (IOException | RuntimeException e) {
      refused(stamp, e);
    }
  }

  private void train(Stamp stamp, AotEntry entry) {
    note(stamp, new Start(PLAIN.of(stamp.jar()), entry, Use.TRAINED));
    background.execute(() -> trainNow(stamp, entry));
  }

  private synchronized void note(Stamp stamp, Start start) {
    starts.put(stamp, start);
  }

  private void trainNow(Stamp stamp, AotEntry entry) {
    try {
      if (entry.intact()) {
        var _ = use(stamp, entry);
      } else if (lock.tryLock()) {
        trainLocked(stamp, entry);
      } else {
        // another process is at it; the next start looks again
        note(stamp, new Start(PLAIN.of(stamp.jar()), entry, Use.MISSING));
      }
    } catch (IOException | RuntimeException e) {
      refused(stamp, e);
    }
  }

  private void trainLocked(Stamp stamp, AotEntry entry) throws IOException {
    try {
      entry.dropCache();
      long began = time.nanos();
      training.train(stamp.jar(), entry);
      log.info(
          "aot-cache=trained jar='{}' seconds={} bytes={}",
          stamp.jar(),
          time.since(began).toSeconds(),
          Files.size(entry.cache()));
      var _ = use(stamp, entry);
      AotEntry.prune(entries);
    } finally {
      lock.release();
    }
  }

  private static void refused(Stamp stamp, Exception reason) {
    log.warn(
        "aot-cache=none jar='{}': no cache could be made; its processes start without, more slowly."
            + " Set myelin.core.aot-cache=false if it never can.",
        stamp.jar(),
        reason);
  }

  private Start use(Stamp stamp, AotEntry entry) throws IOException {
    var line = new ArrayList<String>();
    line.add("-XX:AOTCache=" + entry.cache());
    line.addAll(AotTraining.extracted(stamp.jar(), entry));
    entry.touch(time.now());
    var start = new Start(List.copyOf(line), entry, Use.USED);
    note(stamp, start);
    log.info("aot-cache=used jar='{}' cache='{}'", stamp.jar(), entry.cache());
    return start;
  }
}
