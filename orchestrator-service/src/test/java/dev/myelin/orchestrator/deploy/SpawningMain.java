package dev.myelin.orchestrator.deploy;

import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.nio.file.Path;
import java.util.List;

/// A JVM that spawns a process that prints for ever, says its pid, and waits to be killed.
final class SpawningMain {

  private SpawningMain() {}

  public static void main(String[] arguments) throws Exception {
    var deployer =
        new ProcessDeployer(
            _ -> List.of("sh", "-c", "while :; do echo tick; sleep 0.1; done"),
            ProcessVariables.NONE,
            Path.of(arguments[0]),
            Time.system());
    var spawned =
        deployer.spawn(
            new SpawnOrder(new InstanceId("ticker"), Role.INSTANCE, List.of("ticker"), 1));
    System.out.println(spawned.process().pid() + " " + spawned.process().startedAt());
    int ignored = System.in.read();
    System.exit(ignored);
  }
}
