package dev.myelin.pubsub.membership;

final class InMemoryMemberStoreTests extends MemberStoreContractTests {

  private final MemberStore store = new InMemoryMemberStore();

  @Override
  MemberStore store() {
    return store;
  }
}
