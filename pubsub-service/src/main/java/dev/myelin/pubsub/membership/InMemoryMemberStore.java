package dev.myelin.pubsub.membership;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/// Members that end with the process. Thread-safe.
public final class InMemoryMemberStore implements MemberStore {

  private final ConcurrentSkipListMap<InstanceId, Member> members = new ConcurrentSkipListMap<>();

  @Override
  public List<Member> load() {
    return List.copyOf(members.values());
  }

  @Override
  public void save(Member member) {
    members.put(member.instance().id(), member);
  }

  @Override
  public void remove(InstanceId id) {
    members.remove(id);
  }
}
