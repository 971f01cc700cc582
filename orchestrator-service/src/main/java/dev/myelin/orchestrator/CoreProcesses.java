package dev.myelin.orchestrator;

import dev.myelin.CallException;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.reconcile.InstanceControls;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The core processes, as the cluster's folder lists them. Thread-safe.
final class CoreProcesses {

  private static final Logger log = LoggerFactory.getLogger(CoreProcesses.class);

  private final ClusterFolder folder;
  private final InstanceControls controls;
  private final Deployer deployer;

  CoreProcesses(ClusterFolder folder, InstanceControls controls, Deployer deployer) {
    this.folder = folder;
    this.controls = controls;
    this.deployer = deployer;
  }

  /// Asks a core process whether it is well; waits for its answer. One that is not listed does not
  /// answer.
  boolean answers(InstanceId id) {
    var found = find(id);
    if (found.isEmpty()) {
      return false;
    }
    try {
      return controls.at(found.get().endpoint()).check().id().equals(id);
    } catch (CallException e) {
      log.debug("Core process '{}' does not answer", id, e);
      return false;
    }
  }

  /// Ends a core process at once; returns whether it was there.
  boolean end(InstanceId id) {
    var key =
        find(id)
            .map(process -> new ProcessKey(process.process().pid(), process.process().startedAt()))
            .filter(deployer::isAlive);
    key.ifPresent(deployer::kill);
    return key.isPresent();
  }

  private Optional<Instance> find(InstanceId id) {
    return folder.read(folder.core(id), Instance.class);
  }
}
