package dev.myelin.stethoscope.measures;

import dev.myelin.membership.SerialScheduler;
import dev.myelin.stethoscope.vitals.Measures;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures that are calls: of the instance itself, of other stethoscopes, of pubsub, and of the
/// orchestrators.
public final class CalledMeasures implements Measures {

  private static final Logger log = LoggerFactory.getLogger(CalledMeasures.class);

  /// Guards against a call that outlives its own deadline.
  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

  private final Peers peers;
  private final Executor threads;
  private final Announcements announcements;

  /// Whom a stethoscope calls.
  ///
  /// @param control speaks to an instance
  /// @param stethoscope speaks to the stethoscope of another core process
  /// @param orchestrators gets all orchestrators there are; one of them acts
  /// @param pubsub takes announcements
  public record Peers(
      Function<Instance, InstanceControl> control,
      Function<Instance, Stethoscope> stethoscope,
      Supplier<List<Orchestrator>> orchestrators,
      PubSub pubsub) {}

  /// Creates them.
  ///
  /// @param peers whom to call
  /// @param scheduler the ward's
  /// @param threads runs each task on a thread that may block
  public CalledMeasures(Peers peers, SerialScheduler scheduler, Executor threads) {
    this.peers = peers;
    this.threads = threads;
    this.announcements = new Announcements(peers.pubsub(), threads, scheduler);
  }

  @Override
  public CompletableFuture<Heartbeat> ask(Instance instance) {
    return call(() -> peers.control().apply(instance).check());
  }

  @Override
  public CompletableFuture<Opinion> consult(Instance second, Instance instance) {
    return call(() -> peers.stethoscope().apply(second).opinion(instance));
  }

  @Override
  public CompletableFuture<Boolean> probe(Instance colleague) {
    return call(() -> peers.stethoscope().apply(colleague).listening());
  }

  @Override
  public void quarantine(InstanceId id, String reason) {
    announcements.say(new Announcement(id, Change.QUARANTINE, reason, 0));
  }

  @Override
  public void release(InstanceId id, String reason) {
    announcements.say(new Announcement(id, Change.RELEASE, reason, 0));
  }

  /// Tells every orchestrator: the one that acts is not known here, and the others refuse.
  @Override
  public CompletableFuture<Flag.Answer> flag(Flag flag) {
    return call(() -> {
      Flag.Answer refusal = null;
      RuntimeException failure = null;
      for (var orchestrator : peers.orchestrators().get()) {
        try {
          var answer = orchestrator.flag(flag);
          if (answer.taken()) {
            return answer;
          }
          refusal = answer;
        } catch (RuntimeException e) {
          log.debug("An orchestrator does not answer", e);
          failure = e;
        }
      }
      return refused(refusal, failure);
    });
  }

  private static Flag.Answer refused(
      Flag.@Nullable Answer refusal, @Nullable RuntimeException failure) {
    if (refusal != null) {
      return refusal;
    }
    return new Flag.Answer(
        false, failure == null ? "there is no orchestrator" : "no answer: " + failure);
  }

  @Override
  public void forget(InstanceId id) {
    announcements.forget(id);
  }

  private <T> CompletableFuture<T> call(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, threads)
        .orTimeout(LONGEST_CALL.toNanos(), TimeUnit.NANOSECONDS);
  }
}
