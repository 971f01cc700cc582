package dev.myelin.kubernetes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.kubernetes.LeaseObject.Content;
import dev.myelin.membership.SerialScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A right that one process of the cluster has at a time, as a Lease of the Kubernetes API.
///
/// - Who holds it renews it. It counts as held for a while from the *beginning* of the last renewal
///   that the API confirmed, and not a moment longer, whether or not anybody could be asked: so a
///   process that is cut off, or that was paused, has stopped by the time another one begins.
/// - Others take it when nobody has written it for the duration that it says itself, measured by
///   their own interval clock since they first saw what was written last. Clocks of other machines
///   do not matter. That is longer than it counts as held.
/// - The API takes a write only from who has read what was written last, so of several that try one
///   gets it.
/// - Each time somebody gets it the epoch grows. An object that was deleted begins anew with an
///   epoch that no count of acquisitions comes to.
/// - What is given back can be taken at once.
///
/// Everything happens on a scheduler of its own; readers never wait. Thread-safe.
public final class KubernetesLease implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KubernetesLease.class);

  /// Epochs of new objects count the seconds since then, which an `int` holds until 2088.
  private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

  private final LeaseObjects objects;
  private final Terms terms;
  private final SerialScheduler scheduler;
  private final Clock clock;
  private final ReentrantLock steps = new ReentrantLock();

  private volatile boolean wanted;
  private volatile @Nullable Held held;
  private volatile @Nullable Seen seen;

  @GuardedBy("steps")
  private boolean closed;

  @GuardedBy("steps")
  private boolean failing;

  /// Who wants it, and for how long at a time.
  ///
  /// @param name of the Lease, for people
  /// @param self who holds it while it is held here
  /// @param duration how long others wait, whole seconds, at least 2
  public record Terms(String name, String self, Duration duration) {

    /// Checks the duration.
    public Terms {
      if (duration.toSeconds() < 2 || !duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
        throw new IllegalArgumentException(
            "Lease duration %s must be whole seconds, at least 2".formatted(duration));
      }
    }

    /// How long it counts as held from the beginning of a renewal.
    Duration validity() {
      return duration.multipliedBy(5).dividedBy(6);
    }

    Duration renewal() {
      return duration.multipliedBy(5).dividedBy(12);
    }

    Duration look() {
      return duration.dividedBy(12);
    }

    /// How long one request may take: several fit between a renewal and the end of what it renews.
    public Duration request() {
      return duration.dividedBy(4);
    }
  }

  private record Held(LeaseObject object, long since, long until) {}

  private record Seen(LeaseObject object, long at) {}

  /// Creates one, which only looks until it is [wanted][#want()].
  ///
  /// @param objects the Lease in the API
  /// @param terms who wants it
  /// @param scheduler where it is read and written; closed with this
  /// @param clock for epochs of new objects
  public KubernetesLease(
      LeaseObjects objects, Terms terms, SerialScheduler scheduler, Clock clock) {
    this.objects = objects;
    this.terms = terms;
    this.scheduler = scheduler;
    this.clock = clock;
    scheduler.execute(this::step);
    scheduler.repeat(terms.look(), this::step);
  }

  /// Tries to get it from now on, and again whenever it is lost. Returns at once.
  public void want() {
    if (!wanted) {
      wanted = true;
      scheduler.execute(this::step);
    }
  }

  /// Its epoch while it is held here.
  public OptionalLong epoch() {
    var current = held;
    return current != null && !passed(current.until())
        ? OptionalLong.of(current.object().content().epoch())
        : OptionalLong.empty();
  }

  /// Who holds it, here or elsewhere, as far as was seen; empty where nobody does.
  public Optional<String> holder() {
    return last().map(object -> object.content().holder()).filter(name -> !name.isEmpty());
  }

  /// The newest epoch seen, whoever has it; 0 where none was.
  public long newestEpoch() {
    return last().map(object -> object.content().epoch()).orElse(0L);
  }

  /// The uid of the object, where it was seen: epochs under one uid follow each other.
  public Optional<String> lineage() {
    return last().map(LeaseObject::uid);
  }

  private Optional<LeaseObject> last() {
    var current = held;
    var found = seen;
    return current != null
        ? Optional.of(current.object())
        : Optional.ofNullable(found).map(Seen::object);
  }

  private boolean passed(long moment) {
    return scheduler.nanoTime() - moment >= 0;
  }

  private void step() {
    steps.lock();
    try {
      if (closed) {
        return;
      }
      var current = held;
      if (current != null && passed(current.until())) {
        lose("it was not confirmed for %s".formatted(terms.validity()));
      } else if (current != null && passed(current.since() + terms.renewal().toNanos())) {
        renew(current);
      } else if (current == null) {
        look();
      }
      if (failing) {
        log.info("Lease '{}' is read and written again", terms.name());
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.warn("Lease '{}' cannot be read or written, trying on: {}", terms.name(), e.toString());
      }
      failing = true;
    } finally {
      steps.unlock();
    }
  }

  @GuardedBy("steps")
  private void renew(Held current) {
    long began = scheduler.nanoTime();
    var renewed = objects.replace(current.object(), content(current.object().content().epoch()));
    if (renewed.isPresent()) {
      // one that came too late renews nothing: it was said meanwhile that it is not held
      if (!passed(current.until())) {
        hold(renewed.get(), began);
      }
      return;
    }
    var found = objects.read();
    if (found
        .filter(object ->
            object.uid().equals(current.object().uid())
                && object.content().equals(current.object().content()))
        .isPresent()) {
      // somebody has put a label on it
      held = new Held(found.get(), current.since(), current.until());
    } else {
      lose(
          found
              .map(object -> "'%s' has it".formatted(object.content().holder()))
              .orElse("it was deleted"));
    }
  }

  @GuardedBy("steps")
  private void look() {
    var found = objects.read();
    if (found.isEmpty()) {
      seen = null;
      if (wanted) {
        long began = scheduler.nanoTime();
        long epoch = Duration.between(FIRST, clock.instant()).toSeconds();
        objects.create(content(epoch)).ifPresent(object -> take(object, began));
      }
      return;
    }
    var object = found.get();
    var before = seen;
    if (before == null || !before.object().equals(object)) {
      before = new Seen(object, scheduler.nanoTime());
      seen = before;
    }
    if (wanted && free(before)) {
      long began = scheduler.nanoTime();
      objects
          .replace(object, content(object.content().epoch() + 1))
          .ifPresent(taken -> take(taken, began));
    }
  }

  private boolean free(Seen before) {
    var content = before.object().content();
    return content.holder().isEmpty()
        || content.holder().equals(terms.self())
        || passed(before.at() + content.duration().toNanos());
  }

  private Content content(long epoch) {
    return new Content(terms.self(), epoch, terms.duration());
  }

  @GuardedBy("steps")
  private void take(LeaseObject object, long began) {
    hold(object, began);
    log.info(
        "lease=acquired name={} holder={} epoch={}",
        terms.name(),
        terms.self(),
        object.content().epoch());
  }

  @GuardedBy("steps")
  private void hold(LeaseObject object, long began) {
    seen = new Seen(object, scheduler.nanoTime());
    held = new Held(object, began, began + terms.validity().toNanos());
  }

  @GuardedBy("steps")
  private void lose(String why) {
    held = null;
    log.warn("lease=lost name={} holder={}: {}", terms.name(), terms.self(), why);
  }

  /// Gives it back, if it is held, so that the next one need not wait; it is not wanted any more.
  /// Waits for the API's answer, but not for long.
  public void release() {
    steps.lock();
    try {
      wanted = false;
      var current = held;
      held = null;
      if (current == null) {
        return;
      }
      var given = new Content("", current.object().content().epoch(), Duration.ofSeconds(1));
      objects.replace(current.object(), given);
      log.info("lease=released name={} holder={}", terms.name(), terms.self());
    } catch (RuntimeException e) {
      log.warn("Lease '{}' is not given back, so it has to lapse: {}", terms.name(), e.toString());
    } finally {
      steps.unlock();
    }
  }

  /// Gives it back and looks no more.
  @Override
  public void close() {
    release();
    steps.lock();
    try {
      closed = true;
    } finally {
      steps.unlock();
    }
    scheduler.close();
  }
}
