package dev.myelin.orchestrator.reconcile;

import dev.myelin.CallMode;
import dev.myelin.Kind;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Tracked.Identity;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.DesiredCounts;
import dev.myelin.orchestrator.scale.LoadSampling;
import dev.myelin.orchestrator.scale.ScalingRule;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription.Attributes;
import dev.myelin.wire.ApplicationDescription.Placement;
import dev.myelin.wire.ApplicationDescription.Scaling;
import dev.myelin.wire.ApplicationDescription.Service;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Stethoscope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/// The production classes that scale, put together for one service, as the orchestrator puts them
/// together; the instances are somebody else's.
public final class AutoscaledService {

  /// The service's name.
  public static final String NAME = "price-list";

  private final Autoscaling autoscaling;
  private final Time time;

  /// An instance as the orchestrator tracks it.
  ///
  /// @param id its identity
  /// @param stage how far it is
  /// @param since the ticker's reading when it got there
  /// @param alive whether its process runs
  public record Part(InstanceId id, Stage stage, long since, boolean alive) {

    private Seen seen() {
      var identity = new Identity(id, NAME, Instant.EPOCH);
      var tracked = new Tracked(identity, null, stage, since, Turn.free(since), null);
      return new Seen(tracked, alive, "", null, 0);
    }
  }

  public AutoscaledService(
      Scaling limits,
      ScalingWindows windows,
      ScalingRule rule,
      DecisionLog decisions,
      Stethoscope stethoscope,
      Executor executor,
      Time time) {
    this.time = time;
    var attributes =
        new Attributes(
            false,
            false,
            CallMode.SYNC,
            limits,
            new Placement(false, 1, List.of(), Kind.DEPLOYMENT, List.of()));
    this.autoscaling =
        new Autoscaling(
            () -> List.of(new Service(NAME, "shop.PriceList", attributes, List.of())),
            new DesiredCounts(time, windows, rule, decisions),
            new LoadSampling(time, windows),
            new ReadingsWatch(stethoscope, executor, time, new CallLedger()),
            List::of,
            time);
  }

  /// Begins with what is there.
  public void begin(List<Part> parts) {
    autoscaling.begin(
        parts.stream().map(Part::seen).toList(), new ReconcileSettings.Counts(1, 40, 2, 0));
  }

  /// One round of the loop.
  public void update(List<Part> parts) {
    autoscaling.update(
        new Picture(
            time.nanos(),
            autoscaling.counts(),
            parts.stream().map(Part::seen).toList(),
            List.of(),
            Set.of(),
            null));
  }

  /// How many there should be.
  public int desired() {
    return autoscaling.counts().getOrDefault(NAME, 0);
  }
}
