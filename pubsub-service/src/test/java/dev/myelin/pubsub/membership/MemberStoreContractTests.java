package dev.myelin.pubsub.membership;

import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store of members does.
abstract class MemberStoreContractTests {

  private static final Member A = serving("a-1", "a");
  private static final Member B = serving("b-1", "b", "c");

  abstract MemberStore store();

  @Test
  void holdsNothingAtFirst() {
    assertThat(store().load()).isEmpty();
  }

  @Test
  void loadsWhatWasSavedInOrderOfIds() {
    var store = store();

    store.save(B);
    store.save(A);

    assertThat(store.load()).containsExactly(A, B);
  }

  @Test
  void savingAgainReplaces() {
    var store = store();
    store.save(A);

    var draining = A.withState(InstanceState.DRAINING);
    store.save(draining);

    assertThat(store.load()).containsExactly(draining);
  }

  @Test
  void loadsWhatAMemberIsNamedFor() {
    var store = store();
    var named = B.withNamed(List.of("b", "c"));

    store.save(named);

    assertThat(store.load()).containsExactly(named);
  }

  @Test
  void removedMemberIsGone() {
    var store = store();
    store.save(A);
    store.save(B);

    store.remove(A.instance().id());
    store.remove(new InstanceId("never-there"));

    assertThat(store.load()).containsExactly(B);
  }
}
