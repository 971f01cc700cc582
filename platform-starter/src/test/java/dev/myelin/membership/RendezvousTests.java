package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RendezvousTests {

  private static final int KEYS = 10_000;

  private static List<InstanceId> ids(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new InstanceId(prefix + "-" + number))
        .toList();
  }

  @Test
  void nobodyHasAKeyWhenNobodyIsThere() {
    var none = new Rendezvous(List.of());

    assertThat(none.first(new InstanceId("a"))).isEmpty();
    assertThat(none.ranked(new InstanceId("a"))).isEmpty();
  }

  @Test
  void ranksAreTheSameInEveryProcess() {
    // written down, so that a change of the hash is noticed: processes of two versions must agree
    assertThat(new Rendezvous(ids("core", 4)).ranked(new InstanceId("prices-7")))
        .extracting(InstanceId::value)
        .containsExactly("core-3", "core-1", "core-0", "core-2");
  }

  @Test
  void orderInWhichTheyAreGivenDoesNotMatter() {
    var given = new ArrayList<>(ids("core", 5));
    var one = new Rendezvous(given);
    Collections.reverse(given);
    var other = new Rendezvous(given);

    for (var key : ids("key", 100)) {
      assertThat(other.ranked(key)).isEqualTo(one.ranked(key));
      assertThat(other.first(key)).contains(one.ranked(key).getFirst());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void oneMoreMovesItsShareAndNoOtherKey(int count) {
    var before = new Rendezvous(ids("core", count - 1));
    var after = new Rendezvous(ids("core", count));
    var added = new InstanceId("core-" + (count - 1));
    int moved = 0;
    for (var key : ids("key", KEYS)) {
      if (!after.first(key).equals(before.first(key))) {
        assertThat(after.first(key)).contains(added);
        moved++;
      }
    }

    assertThat(moved).isBetween(KEYS / count / 2, KEYS * 3 / 2 / count);
  }

  @Test
  void keysOfOneThatIsGoneGoToTheNextInRank() {
    var all = new Rendezvous(ids("core", 4));
    var gone = new InstanceId("core-2");
    var left = new Rendezvous(ids("core", 4).stream().filter(id -> !id.equals(gone)).toList());

    for (var key : ids("key", 1_000)) {
      var expected = all.ranked(key).stream().filter(id -> !id.equals(gone)).toList();
      assertThat(left.ranked(key)).isEqualTo(expected);
    }
  }
}
