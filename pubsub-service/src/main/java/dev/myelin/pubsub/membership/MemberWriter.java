package dev.myelin.pubsub.membership;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores each change of a member; what fails is tried again with the next change, and logged once
/// until it succeeds. Used by one thread at a time.
final class MemberWriter {

  private static final Logger log = LoggerFactory.getLogger(MemberWriter.class);

  private final MemberStore store;
  private final Map<InstanceId, Optional<Member>> unsaved = new LinkedHashMap<>();
  private boolean failing;

  MemberWriter(MemberStore store) {
    this.store = store;
  }

  /// Stores a member, or removes it where there is none any more.
  void write(InstanceId id, @Nullable Member member) {
    unsaved.put(id, Optional.ofNullable(member));
    try {
      for (var rest = unsaved.entrySet().iterator(); rest.hasNext(); rest.remove()) {
        var next = rest.next();
        next.getValue().ifPresentOrElse(store::save, () -> store.remove(next.getKey()));
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.error("Members are not stored: a pubsub that starts now would not know them", e);
      }
      failing = true;
    }
  }
}
