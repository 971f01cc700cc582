package dev.myelin.benchmarks.start;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.FolderLock;
import dev.myelin.orchestrator.aot.AotTraining.Rehearsal;
import dev.myelin.orchestrator.deploy.CoreCommand;
import dev.myelin.orchestrator.deploy.CoreCommand.Code;
import dev.myelin.orchestrator.deploy.CoreCommand.Told;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.state.ApplicationDescriber;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Core processes that another one has started, and that wait for the lease, which is held here.
///
/// @param core jar of the core services
/// @param told what they are told
/// @param folder the cluster's folder
/// @param lease held
/// @param describer knows the application
record CoreKind(
    Path core, Told told, ClusterFolder folder, FolderLock lease, ApplicationDescriber describer)
    implements MeasuredStart.Kind {

  private static final Duration LOOK = Duration.ofMillis(10);

  static CoreKind open(Path core, Path app, Path root) throws IOException {
    var folder = new ClusterFolder(root);
    var lease = new FolderLock(folder, "lease.lock");
    if (!lease.tryLock()) {
      throw new IOException("'%s' is another cluster's".formatted(lease));
    }
    var describer =
        new ApplicationDescriber(
            folder,
            new ApplicationDescriber.Program(
                JavaCommand.runningJava(),
                MeasuredStart.OPTIONS,
                app,
                List.of(),
                ProcessVariables.NONE),
            Duration.ofMinutes(2));
    var _ = describer.describe();
    var told =
        new Told(
            List.of(),
            Map.of(
                "myelin.app", app.toString(),
                "myelin.cluster.folder", root.toString(),
                "myelin.core.instances", "3",
                "myelin.core.member", "true",
                "myelin.core.aot-cache", "false",
                "server.port", "0"));
    return new CoreKind(core, told, folder, lease, describer);
  }

  @Override
  public Rehearsal rehearsal() {
    return other -> {
      describer.tell(new ClusterFolder(other));
      return told.arguments(
          Rehearsal.ID.value(), Map.of("myelin.cluster.folder", other.toString()));
    };
  }

  @Override
  public List<String> command(InstanceId id, JarStart start) {
    return new CoreCommand(
            JavaCommand.runningJava(), MeasuredStart.OPTIONS, new Code.Jar(core), told, start)
        .of(new SpawnOrder(id, Role.CORE, List.of(), 1));
  }

  @Override
  public void await(InstanceId id, Duration limit) throws InterruptedException {
    long begin = System.nanoTime();
    while (!Files.exists(folder.core(id))) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new IllegalStateException("'%s' did not register in %s".formatted(id, limit));
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  @Override
  public void close() {
    lease.release();
  }
}
