package dev.myelin.autoconfigure;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.CoreRegistration;
import dev.myelin.membership.OrphanWatch;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// In a cluster whose state is a folder, core processes write themselves down there, and the others
/// watch the lease that the orchestrator renews there.
final class FolderPresence implements Presence {

  private final ClusterFolder folder;
  private final Duration orphanTimeout;
  private volatile @Nullable OrphanWatch orphanWatch;
  private volatile @Nullable CoreRegistration coreRegistration;

  FolderPresence(ClusterFolder folder, Duration orphanTimeout) {
    this.folder = folder;
    this.orphanTimeout = orphanTimeout;
  }

  @Override
  public List<InstanceId> enter(Instance self, Consumer<String> orphaned) {
    if (self.process().role() == Role.CORE) {
      var registration = new CoreRegistration(folder, self);
      var ended = registration.register();
      coreRegistration = registration;
      return ended;
    }
    var watch =
        new OrphanWatch(
            folder,
            orphanTimeout,
            () -> orphaned.accept("the cluster's lease was not renewed for " + orphanTimeout));
    orphanWatch = watch;
    watch.start();
    return List.of();
  }

  @Override
  public void stopping() {
    var watch = orphanWatch;
    if (watch != null) {
      watch.close();
    }
  }

  @Override
  public void leave() {
    var core = coreRegistration;
    if (core != null) {
      core.leave();
    }
  }
}
