package dev.myelin.autoconfigure;

import dev.myelin.membership.MembershipFeed;
import dev.myelin.transport.TunnelEntrance;
import dev.myelin.wire.InstanceId;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// This process outside its cluster: it follows the membership, and is no part of it. It takes no
/// calls, does not register, and sends no heartbeats.
final class OutsideProcess implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(OutsideProcess.class);

  private final MembershipFeed feed;
  private final InstanceId id;
  private final Set<String> hosted;
  private final TunnelEntrance entrance;
  private volatile boolean running;

  OutsideProcess(MembershipFeed feed, InstanceId id, Set<String> hosted, TunnelEntrance entrance) {
    this.feed = feed;
    this.id = id;
    this.hosted = hosted;
    this.entrance = entrance;
  }

  @Override
  public void start() {
    feed.start();
    running = true;
    LOG.info(
        "instance={} state=outside way={} hosted={}: calls go into the cluster through its gateway;"
            + " what is hosted here is for this process's own calls, nobody in the cluster sees it",
        id,
        entrance,
        hosted.stream().sorted().toList());
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return ClusterProcess.PHASE;
  }
}
