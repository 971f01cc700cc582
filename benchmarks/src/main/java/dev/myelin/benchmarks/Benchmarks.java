package dev.myelin.benchmarks;

import dev.myelin.benchmarks.health.HeardProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The entry point: `calls`, `faults` and others named in the usage are for people, the rest are
/// the processes it starts.
///
/// The exit code is 0 if everything was measured, 1 if something was not, 2 if the command line is
/// wrong.
public final class Benchmarks {
  private static final int INCOMPLETE = 1;
  private static final int MISUSED = 2;

  private Benchmarks() {}

  /// Runs one command and ends the process, whatever threads a library may have left.
  public static void main(String[] arguments) throws Exception {
    // a library may print; only the answer belongs on the standard output
    var out = System.out;
    System.setOut(System.err);
    System.exit(run(Arrays.asList(arguments), out));
  }

  private static int run(List<String> arguments, PrintStream out) throws Exception {
    var command = arguments.isEmpty() ? "" : arguments.getFirst();
    var options = arguments.subList(Math.min(1, arguments.size()), arguments.size());
    try {
      return switch (command) {
        case "calls" ->
            new CallsCommand(CallsPlan.parse(options), out, System.err).run() ? 0 : INCOMPLETE;
        case "faults" -> Trials.faults().run(options, out) ? 0 : INCOMPLETE;
        case "endurance" -> Trials.endurance().run(options, out) ? 0 : INCOMPLETE;
        case "rollout" -> Trials.rollout().run(options, out) ? 0 : INCOMPLETE;
        case "lab" -> Trials.lab().run(options, out) ? 0 : INCOMPLETE;
        case "membership" -> MembershipCommand.run(options, out) ? 0 : INCOMPLETE;
        case "membership-trials" -> {
          endWithInput();
          MembershipCommand.trials(options, out);
          yield 0;
        }
        case "fan-out" -> {
          endWithInput();
          MembershipCommand.fanOut(options, out);
          yield 0;
        }
        case "pubsub" -> {
          endWithInput();
          MembershipCommand.pubsub(options);
          yield 0;
        }
        case "health" -> new HealthCommand(out).run(options) ? 0 : INCOMPLETE;
        case "heard" -> {
          HeardProcess.run(
              Options.parse(options, Set.of("instances")).number("instances", 50_000), out);
          endWithInput();
          Thread.currentThread().join();
          yield 0;
        }
        case "pieces" -> new PiecesCommand(out).run(options) ? 0 : INCOMPLETE;
        case "start" -> new StartCommand(out).run(options) ? 0 : INCOMPLETE;
        case "storage" -> new StorageCommand(out).run(options) ? 0 : INCOMPLETE;
        case "scaling" -> new ScalingCommand(out).run(options) ? 0 : INCOMPLETE;
        case "kube" -> new KubeCommand(out).run(options) ? 0 : INCOMPLETE;
        case "objects" -> new ObjectsCommand(out).run(options) ? 0 : INCOMPLETE;
        case "object-host" -> {
          endWithInput();
          ObjectsCommand.host(options);
          yield 0;
        }
        case "storage-reader" -> {
          endWithInput();
          StorageCommand.read(options, out);
          yield 0;
        }
        case "instance" -> {
          endWithInput();
          InstanceProcess.run(options);
          yield 0;
        }
        case "serve" -> {
          MeasuredProcess.serve(options, System.in, out);
          yield 0;
        }
        case "load" -> {
          endWithInput();
          MeasuredProcess.load(options, out);
          yield 0;
        }
        case "serve-descent" -> {
          DescentProcess.serve(options, System.in, out);
          yield 0;
        }
        case "descend" -> {
          endWithInput();
          DescentProcess.descend(options, out);
          yield 0;
        }
        default -> misuse("There is no command '" + command + "'.");
      };
    } catch (IllegalArgumentException wrong) {
      return misuse(String.valueOf(wrong.getMessage()));
    }
  }

  private static int misuse(String message) {
    System.err.println(message);
    System.err.print(
        "Usage: benchmarks/run "
            + CallsPlan.USAGE
            + "\n"
            + Trials.USAGE
            + "\n"
            + PiecesCommand.USAGE
            + "\n"
            + ScalingCommand.USAGE
            + "\n"
            + MembershipCommand.USAGE
            + "\n"
            + HealthCommand.USAGE
            + "\n"
            + StartCommand.USAGE
            + "\n"
            + StorageCommand.USAGE
            + "\n"
            + ObjectsCommand.USAGE
            + "\n"
            + KubeCommand.USAGE);
    return MISUSED;
  }

  /// A client whose launcher has gone has nobody to answer to. The thread is a platform thread: a
  /// virtual one would keep one of the callers' carriers while it reads.
  private static void endWithInput() {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            var _ = System.in.transferTo(PrintStream.nullOutputStream());
          } catch (IOException _) {
            // gone as well
          }
          Runtime.getRuntime().halt(INCOMPLETE);
        });
  }
}
