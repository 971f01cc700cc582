package dev.myelin.benchmarks;

import dev.myelin.benchmarks.membership.Absence;
import dev.myelin.benchmarks.membership.MembershipTrials;
import dev.myelin.benchmarks.membership.PubSubStarter;
import dev.myelin.benchmarks.membership.RawFanOut;
import dev.myelin.pubsub.PubSubApplication;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/// Runs the trials of membership, and the processes that they need.
final class MembershipCommand {
  static final String USAGE =
      """
      membership [options]: how a change of the membership reaches thousands of clients
        --clients=N           connected clients (9000; each takes a file here and at its pubsub)
        --changes=N           counted changes (20)
        --away=SECONDS        how long all core services are gone (20; the goal is 600)
        --seed=N              of whatever is drawn at random (1)
      """;

  // What a change comes to on the wire, for the floor
  private static final int BYTES = 110;
  // Thousands of processes' worth of clients: with less, collections take a third of the time
  private static final List<String> ROOM_FOR_CLIENTS = List.of("-Xmx2g", "-Xmn1g");

  private static final Duration ALL = Duration.ofMinutes(30);
  private static final Set<String> OPTIONS = Set.of("clients", "changes", "away", "seed");

  private MembershipCommand() {}

  /// Has the trials made by a process with more memory than the launcher has.
  ///
  /// @return whether every trial could be made
  static boolean run(List<String> arguments, PrintStream out)
      throws IOException, InterruptedException {
    var options = Options.parse(arguments, OPTIONS);
    out.print(Machine.describe());
    out.printf(
        "%d clients in one JVM, pubsubs in JVMs of their own, the loopback interface; seed %d%n",
        options.number("clients", 9_000), options.seed("seed", 1));
    var command = new ArrayList<>(List.of("membership-trials"));
    command.addAll(arguments);
    try (var child = ChildJvm.start(ROOM_FOR_CLIENTS, command)) {
      var lines = JsonMapper.shared().readValue(child.awaitLine(ALL), String[].class);
      List.of(lines).forEach(out::println);
      return List.of(lines).stream().noneMatch(line -> line.contains("not measured"));
    }
  }

  /// The body of that process: says one line.
  static void trials(List<String> arguments, PrintStream out) throws Exception {
    var options = Options.parse(arguments, OPTIONS);
    var plan =
        new MembershipTrials.Plan(
            options.number("clients", 9_000),
            options.number("changes", 20),
            options.seed("seed", 1));
    var lines = new ArrayList<String>();
    var folder = Files.createTempDirectory("membership-");
    try (var trials = new MembershipTrials(plan, MembershipCommand::pubsub, folder)) {
      try (var floor = ChildJvm.start(List.of("fan-out", "--clients=" + plan.clients()));
          var raw = floor(floor, plan.clients())) {
        trials.connect();
        trials.reach(raw);
      }
      trials.weigh();
      lines.addAll(trials.lines());
      lines.add(killed(trials));
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
    var other = Files.createTempDirectory("membership-");
    try {
      var away = options.seconds("away", Duration.ofSeconds(20));
      lines.add(Absence.run(MembershipCommand::pubsub, other, away, plan.seed()));
    } finally {
      FileSystemUtils.deleteRecursively(other);
    }
    out.println(JsonMapper.shared().writeValueAsString(lines));
  }

  // What was measured before is worth saying, whatever comes of this
  private static String killed(MembershipTrials trials) throws IOException, InterruptedException {
    try {
      trials.kill();
      return trials.lines().getLast();
    } catch (IllegalStateException failure) {
      return "  C4 not measured: " + failure.getMessage();
    }
  }

  private static RawFanOut floor(ChildJvm process, int clients)
      throws IOException, InterruptedException {
    int port = Integer.parseInt(process.awaitLine(Duration.ofSeconds(30)).strip());
    return RawFanOut.connect(port, clients, BYTES);
  }

  /// The body of the floor's other process.
  static void fanOut(List<String> arguments, PrintStream out) throws IOException {
    var options = Options.parse(arguments, Set.of("clients"));
    RawFanOut.serve(options.number("clients", 9_000), BYTES, out);
  }

  private static PubSubStarter.Running pubsub(String id, Path folder) throws IOException {
    return ChildJvm.start(List.of("pubsub", "--id=" + id, "--folder=" + folder))::close;
  }

  /// The body of a pubsub's process; it ends when its input does, without a farewell.
  static void pubsub(List<String> arguments) throws InterruptedException {
    var options = Options.parse(arguments, Set.of("id", "folder"));
    PubSubApplication.main(
        new String[] {
          "--myelin.instance-id=" + options.text("id", ""),
          "--myelin.cluster.folder=" + options.text("folder", ""),
          "--spring.main.web-application-type=none"
        });
    Thread.currentThread().join();
  }
}
