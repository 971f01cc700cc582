package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.wire.Endpoint;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A balanced target made at its first use: stand-ins exist before the membership does.
final class LazyTarget implements Target {

  private final Supplier<Target> source;
  private volatile @Nullable Target made;

  LazyTarget(Supplier<Target> source) {
    this.source = source;
  }

  @Override
  public @Nullable Endpoint next(Set<Endpoint> tried, Deadline deadline)
      throws InterruptedException {
    var target = made;
    if (target == null) {
      // two threads may both make one; either is as good, and they keep no state worth sharing
      target = source.get();
      made = target;
    }
    return target.next(tried, deadline);
  }

  @Override
  public boolean balanced() {
    return true;
  }
}
