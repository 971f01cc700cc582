package dev.myelin.benchmarks;

import dev.myelin.benchmarks.cluster.Endurance;
import dev.myelin.benchmarks.cluster.Kills;
import dev.myelin.benchmarks.cluster.Rolls;
import dev.myelin.benchmarks.faults.CutConnections;
import dev.myelin.benchmarks.faults.HangingLeaf;
import dev.myelin.benchmarks.faults.Overload;
import dev.myelin.benchmarks.faults.Retirement;
import dev.myelin.benchmarks.faults.RetryAmplification;
import dev.myelin.benchmarks.faults.SlowInstance;
import dev.myelin.benchmarks.lab.BlackholedHost;
import dev.myelin.benchmarks.lab.CheckerCutOff;
import dev.myelin.benchmarks.lab.CheckerStarved;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The commands that make something go wrong and say what became of the calls.
final class Trials {
  static final String USAGE =
      """
      faults [options]: what becomes of calls when things go wrong
        --goals=F4,F5         which goals (all of them)
        --seed=N              of whatever is drawn at random (1)

      rollout [options]: what becomes of calls when a cluster's processes are replaced or killed
        --goals=E1,E3         which goals (both)
        --rolls=N             how often the application is replaced (3; the goal is stated for 10)
        --rate=N              calls a second (200)
        --kill-seconds=N      for how long a process is killed every 20 s (120; the goal says 600)
        --seed=N              of whatever is drawn at random (1)

      endurance [options]: every process of a cluster killed in turn, under load and while it is rolled
        --minutes=N           how long (10)
        --cores=N             core processes (3)
        --rate=N              calls a second (50)
        --pause=S             seconds from one recovery to the next kill (5)
        --rolls=N             how often the application is replaced meanwhile (2)
        --seed=N              of whatever is drawn at random (1)

      lab [options]: a cluster on several hosts, and what goes wrong between them; needs root
        --goals=A3,A6,A7      which goals (all of them)
        --cuts=N              how often a host is blackholed (5)
        --seed=N              of whatever is drawn at random (1)
      """;

  private static final Duration KILLING = Duration.ofMinutes(2);

  private Trials() {}

  /// The command `faults`.
  static TrialsCommand faults() {
    return new TrialsCommand(
        "Instances on the loopback interface, in this JVM where nothing else is said",
        Set.of(),
        (_, _) ->
            List.of(
                new Retirement(
                    (id, folder) -> ChildJvm.start(InstanceProcess.arguments(id, folder))),
                new CutConnections(),
                new RetryAmplification(),
                new HangingLeaf(),
                new SlowInstance(),
                new Overload()));
  }

  /// The command `rollout`.
  static TrialsCommand rollout() {
    return new TrialsCommand(
        "Instances are processes of this machine, called through the gateway",
        Set.of("rolls", "rate", "kill-seconds"),
        (options, _) -> {
          int rate = options.atLeast(1, "rate", 200);
          return List.of(
              new Rolls(options.atLeast(1, "rolls", 3), rate),
              new Kills(options.seconds("kill-seconds", KILLING), rate));
        });
  }

  /// The command `endurance`.
  static TrialsCommand endurance() {
    return new TrialsCommand(
        "Instances are processes of this machine, called through the gateway",
        Set.of("minutes", "cores", "rate", "pause", "rolls"),
        (options, progress) ->
            List.of(
                new Endurance(
                    new Endurance.Plan(
                        options.atLeast(1, "cores", 3),
                        Duration.ofMinutes(options.atLeast(1, "minutes", 10)),
                        options.seconds("pause", Duration.ofSeconds(5)),
                        options.atLeast(1, "rate", 50),
                        options.atLeast(0, "rolls", 2)),
                    progress)));
  }

  /// The command `lab`.
  static TrialsCommand lab() {
    return new TrialsCommand(
        "Processes are on hosts of their own: network namespaces of this machine, joined by a bridge",
        Set.of("cuts"),
        (options, _) ->
            List.of(
                new BlackholedHost(options.atLeast(1, "cuts", 5)),
                new CheckerStarved(),
                new CheckerCutOff()));
  }
}
