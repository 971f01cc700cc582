package dev.myelin.gateway.external;

import dev.myelin.CallException;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.Member;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What each build of the application offers, asked once a build.
///
/// Thread-safe. Reading never blocks; asking is done by one thread at a time, without holding
/// readers up. Keeps the descriptions of the builds that are running, and the last ones known where
/// none is.
final class BuildDescriptions {

  private static final Logger log = LoggerFactory.getLogger(BuildDescriptions.class);

  private final InstanceDescriptions instances;
  private final Map<String, ApplicationDescription> byBuild = new ConcurrentHashMap<>();
  private final ReentrantLock asking = new ReentrantLock();

  BuildDescriptions(InstanceDescriptions instances) {
    this.instances = instances;
  }

  /// Descriptions at hand, in no order.
  Collection<ApplicationDescription> known() {
    return byBuild.values();
  }

  /// Description of a build, if it is at hand.
  Optional<ApplicationDescription> known(String build) {
    return Optional.ofNullable(byBuild.get(build));
  }

  /// Asks one member of each build that is not at hand, the next member where one does not answer.
  ///
  /// @param members running processes
  /// @return how a member failed to answer, if a build is still unknown
  Optional<CallException> learn(List<Member> members) {
    if (members.stream().allMatch(member -> byBuild.containsKey(build(member)))) {
      return Optional.empty();
    }
    asking.lock();
    try {
      Optional<CallException> failure = Optional.empty();
      for (var member : members) {
        if (!byBuild.containsKey(build(member))) {
          var outcome = ask(member);
          failure = failure.or(() -> outcome);
        }
      }
      return members.stream().allMatch(member -> byBuild.containsKey(build(member)))
          ? Optional.empty()
          : failure;
    } finally {
      asking.unlock();
    }
  }

  /// Forgets the builds that no process runs any more, unless nothing would be left.
  ///
  /// @param members running processes
  void retain(Collection<Member> members) {
    var running = new HashSet<String>();
    members.forEach(member -> running.add(build(member)));
    if (byBuild.keySet().stream().anyMatch(running::contains)) {
      byBuild.keySet().retainAll(running);
    }
  }

  private Optional<CallException> ask(Member member) {
    try {
      byBuild.put(build(member), instances.describe(member.instance().endpoint()));
      log.info("Description learnt: build={} instance={}", build(member), member.instance().id());
      return Optional.empty();
    } catch (CallException e) {
      log.debug("Instance {} does not describe itself", member.instance().id(), e);
      return Optional.of(e);
    }
  }

  static String build(Member member) {
    return member.instance().process().build();
  }
}
