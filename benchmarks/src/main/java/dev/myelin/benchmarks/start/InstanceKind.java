package dev.myelin.benchmarks.start;

import dev.myelin.benchmarks.myelin.SmallCluster;
import dev.myelin.orchestrator.aot.AotTraining.Rehearsal;
import dev.myelin.orchestrator.deploy.JarStart;
import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Instances of an application.
///
/// @param app its jar
/// @param service a service that they host
/// @param folder the cluster's folder
/// @param cluster where they register
record InstanceKind(Path app, String service, Path folder, SmallCluster cluster)
    implements MeasuredStart.Kind {

  @Override
  public Rehearsal rehearsal() {
    return Rehearsal.ofInstance(List.of(), () -> List.of(service));
  }

  @Override
  public List<String> command(InstanceId id, JarStart start) {
    return new JavaCommand(
            JavaCommand.runningJava(), MeasuredStart.OPTIONS, app, folder, List.of(), start)
        .of(new SpawnOrder(id, Role.INSTANCE, List.of(service), 1));
  }

  @Override
  public void await(InstanceId id, Duration limit) throws InterruptedException {
    cluster.await(id.value(), limit);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
