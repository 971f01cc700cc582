package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RendezvousRankTests {

  private static final List<String> KEYS =
      IntStream.range(0, 9_000).mapToObj(i -> "primes-" + i).toList();

  private static String first(String key, List<String> places) {
    return RendezvousRank.rank(key, places, Function.identity()).getFirst();
  }

  @Test
  void placesInAnyOrderAreRankedTheSame() {
    var places = List.of("core-1", "core-2", "core-3");

    assertThat(RendezvousRank.rank("primes-1", places.reversed(), Function.identity()))
        .isEqualTo(RendezvousRank.rank("primes-1", places, Function.identity()))
        .containsExactlyInAnyOrderElementsOf(places);
    assertThat(RendezvousRank.rank("primes-1", List.<String>of(), Function.identity())).isEmpty();
  }

  @Test
  void keysAreSharedOutEvenly() {
    var places = List.of("core-1", "core-2", "core-3");
    var counts = new HashMap<String, Integer>();

    KEYS.forEach(key -> counts.merge(first(key, places), 1, Integer::sum));

    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(2_800, 3_200));
  }

  @Test
  void onlyTheKeysOfAPlaceMoveThatComesOrGoes() {
    var three = List.of("core-1", "core-2", "core-3");
    var four = new ArrayList<>(three);
    four.add("core-4");

    for (var key : KEYS) {
      var after = first(key, four);
      assertThat(after).isIn(first(key, three), "core-4");
    }
    assertThat(KEYS.stream().filter(key -> first(key, four).equals("core-4")).count())
        .isBetween(2_100L, 2_400L);
  }
}
