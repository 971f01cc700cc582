package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Member;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All instances of a service, balanced by its picker.
final class BalancedTarget implements Target {

  private final String service;
  private final Resolver resolver;
  private final Picker picker;
  private final Channels channels;

  BalancedTarget(String service, Resolver resolver, Picker picker, Channels channels) {
    this.service = service;
    this.resolver = resolver;
    this.picker = picker;
    this.channels = channels;
  }

  @Override
  public @Nullable Endpoint next(Set<Endpoint> tried, Deadline deadline)
      throws InterruptedException {
    var snapshot = resolver.snapshot(service);
    while (true) {
      var member = picker.pick(snapshot, candidate -> promising(candidate, tried));
      if (member != null) {
        return member.instance().endpoint();
      }
      var left = deadline.remaining();
      if (!left.isPositive()) {
        return null;
      }
      snapshot = resolver.awaitChange(service, snapshot, left);
    }
  }

  private boolean promising(Member member, Set<Endpoint> tried) {
    var endpoint = member.instance().endpoint();
    return !tried.contains(endpoint) && channels.promising(endpoint);
  }

  @Override
  public boolean balanced() {
    return true;
  }
}
