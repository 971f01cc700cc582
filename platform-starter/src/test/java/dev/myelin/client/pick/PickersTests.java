package dev.myelin.client.pick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Strategy;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each strategy chooses, by a fixed seed and a clock that stands.
class PickersTests {

  private static final Duration SLOW_START = Duration.ofSeconds(10);
  // chi-square with 9 degrees of freedom exceeds it once in a thousand times
  private static final double CHI_SQUARE_OF_TEN = 27.88;

  private final PickScene scene = new PickScene();
  private final Pickers pickers = new Pickers(SLOW_START, "10.0.0.9");

  private Picker picker(Strategy strategy) {
    return pickers.create(strategy, List.of("near", "nearer"), 0.8, new Random(7));
  }

  private static double chiSquare(Collection<Integer> counts, double expected) {
    return counts.stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
  }

  @ParameterizedTest
  @EnumSource
  void nobodyWhenThereIsNobody(Strategy strategy) {
    assertThat(picker(strategy).pick(scene.candidates(), Choice.ANY)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void triedInstanceIsLeftOutWhileAnotherIsThereAndTakenWhenNoneIs(Strategy strategy) {
    scene.serving(3);
    var picker = picker(strategy);

    for (int i = 0; i < 100; i++) {
      assertThat(scene.pick(picker, PickScene.Call.after("i0", "i2"))).isEqualTo("i1");
      assertThat(scene.pick(picker, PickScene.Call.after("i0", "i1", "i2"))).startsWith("i");
    }
  }

  @ParameterizedTest
  @EnumSource
  void unreachableInstanceIsLeftOutWhileAnotherIsThere(Strategy strategy) {
    scene.serving(2);
    scene.unreachable.add(scene.candidate("i0").endpoint());
    var picker = picker(strategy);

    assertThat(scene.picks(picker, 100)).containsOnlyKeys("i1");
  }

  @Test
  void roundRobinTakesTurnsFromARandomOneOn() {
    scene.serving(10);

    assertThat(scene.picks(picker(Strategy.ROUND_ROBIN), 1_000).values()).containsOnly(100);
    var firsts = new HashSet<String>();
    for (int seed = 0; seed < 100; seed++) {
      var one = pickers.create(Strategy.ROUND_ROBIN, List.of(), 0.8, new Random(seed));
      firsts.add(scene.pick(one, Choice.ANY));
    }
    assertThat(firsts).hasSizeGreaterThan(7);
  }

  @Test
  void leastLoadedWhenAllAreIdleIsEven() {
    scene.serving(10);

    var counts = scene.picks(picker(Strategy.LEAST_LOADED), 100_000);

    // of two idle ones the first drawn wins, so every instance is as likely
    assertThat(chiSquare(counts.values(), 10_000)).isLessThan(CHI_SQUARE_OF_TEN);
  }

  @Test
  void leastLoadedKeepsTheLongestQueueShort() {
    scene.serving(10);
    var picker = picker(Strategy.LEAST_LOADED);

    for (int i = 0; i < 1_000; i++) {
      scene.candidate(scene.pick(picker, Choice.ANY)).started();
    }

    // at random it would be 100 + 2.5 standard deviations of 9.5
    assertThat(IntStream.range(0, 10).map(i -> scene.candidate("i" + i).inFlight()))
        .allMatch(inFlight -> inFlight <= 103);
  }

  @Test
  void leastLoadedAvoidsTheCongestedUntilItsReadingIsStale() {
    scene.serving(2);
    var picker = picker(Strategy.LEAST_LOADED);
    scene.candidate("i0").refused();

    assertThat(scene.picks(picker, 100)).containsOnlyKeys("i1");

    scene.pass(Duration.ofMillis(1_001));
    assertThat(scene.picks(picker, 100)).containsOnlyKeys("i0", "i1");
  }

  @Test
  void leastLoadedAvoidsTheSlowAndAsksItAgainAfterAWhile() {
    scene.serving(2);
    var picker = picker(Strategy.LEAST_LOADED);
    // from the first pick on, answers are timed
    scene.picks(picker, 1);
    answer("i0", Duration.ofMillis(100));
    answer("i1", Duration.ofMillis(5));

    assertThat(scene.picks(picker, 100)).containsOnlyKeys("i1");

    // 20 times as slow: forgotten when e^(-t/10 s) is below a twentieth
    for (int second = 0; second < 40; second++) {
      answer("i1", Duration.ofMillis(5));
      scene.pass(Duration.ofSeconds(1));
    }
    assertThat(scene.picks(picker, 100)).containsOnlyKeys("i0");
  }

  private void answer(String id, Duration time) {
    var candidate = scene.candidate(id);
    long startedAt = candidate.started();
    scene.pass(time);
    candidate.answered(startedAt);
    candidate.ended();
  }

  @Test
  void leastLoadedGivesANewInstanceItsShareGradually() {
    scene.serving(9);
    scene.candidates();
    scene.put("i9", InstanceState.SERVING);
    scene.publish();
    var picker = picker(Strategy.LEAST_LOADED);

    int atFirst = scene.picks(picker, 10_000).getOrDefault("i9", 0);
    scene.pass(SLOW_START.dividedBy(2));
    int halfWay = scene.picks(picker, 10_000).getOrDefault("i9", 0);
    scene.pass(SLOW_START.dividedBy(2));
    int warm = scene.picks(picker, 10_000).getOrDefault("i9", 0);

    assertThat(atFirst).isBetween(50, 200);
    assertThat(halfWay).isBetween(400, 750);
    assertThat(warm).isBetween(900, 1_100);
  }

  @Test
  void instancesThatServedBeforeTheCallerCameAreWarm() {
    scene.serving(2);

    var counts = scene.picks(picker(Strategy.LEAST_LOADED), 10_000);

    assertThat(scene.candidate("i0").weight(SLOW_START)).isEqualTo(1);
    assertThat(counts.get("i0")).isBetween(4_700, 5_300);
  }

  @Test
  void stickySpreadsKeysEvenlyAndMovesOnlyThoseOfTheInstanceThatLeft() {
    scene.serving(10);
    var before = owners(10_000);

    scene.remove("i3");
    scene.publish();
    var after = owners(10_000);

    var counts = new HashMap<String, Integer>();
    before.values().forEach(owner -> counts.merge(owner, 1, Integer::sum));
    assertThat(chiSquare(counts.values(), 1_000)).isLessThan(CHI_SQUARE_OF_TEN);
    before.forEach((key, owner) -> {
      if (!owner.equals("i3")) {
        assertThat(after).containsEntry(key, owner);
      }
    });
    assertThat(after).doesNotContainValue("i3");
  }

  @Test
  void stickyWhenAnInstanceJoinsMovesItsShareToItAndNothingElse() {
    scene.serving(9);
    var before = owners(10_000);

    scene.put("i9", InstanceState.SERVING);
    scene.publish();
    var after = owners(10_000);

    var moved =
        after.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
            .toList();
    assertThat(moved).allMatch(entry -> entry.getValue().equals("i9"));
    assertThat(moved).hasSizeBetween(900, 1_100);
  }

  private Map<Integer, String> owners(int keys) {
    var picker = picker(Strategy.STICKY);
    var owners = new HashMap<Integer, String>();
    for (int key = 0; key < keys; key++) {
      owners.put(key, scene.pick(picker, PickScene.Call.of(key)));
    }
    return owners;
  }

  @Test
  void stickyWithoutAKeyTakesTurns() {
    scene.serving(4);

    assertThat(scene.picks(picker(Strategy.STICKY), 400).values()).containsOnly(100);
  }

  @Test
  void stickyHashesAreTheSameInEveryProcess() {
    // golden: another value here moves every key in a rolling upgrade
    assertThat(StickyHash.of("order-17")).isEqualTo(-3634766610747940275L);
    assertThat(StickyHash.of(null)).isEqualTo(Choice.NO_KEY);
    assertThat(StickyHash.weight(StickyHash.of("order-17"), StickyHash.of("i1")))
        .isEqualTo(6088393237339174759L);
  }

  @Test
  void singleStaysWithOneUntilItStopsServing() {
    scene.serving(5);
    var picker = picker(Strategy.SINGLE);
    var first = scene.pick(picker, Choice.ANY);

    assertThat(scene.picks(picker, 100)).containsOnlyKeys(first);
    scene.put("i9", InstanceState.SERVING);
    scene.publish();
    assertThat(scene.picks(picker, 100)).containsOnlyKeys(first);
    scene.put(first, InstanceState.DRAINING);
    scene.publish();
    var second = scene.pick(picker, Choice.ANY);
    assertThat(second).isNotEqualTo(first);
    scene.put(first, InstanceState.SERVING);
    scene.publish();
    assertThat(scene.picks(picker, 100)).containsOnlyKeys(second);
  }

  @Test
  void orchestratedIsTheSameForEveryCaller() {
    scene.serving(5);

    for (int seed = 0; seed < 20; seed++) {
      var one = pickers.create(Strategy.ORCHESTRATED, List.of(), 0.8, new Random(seed));
      assertThat(scene.picks(one, 10)).containsOnlyKeys("i0");
    }
    scene.put("i0", InstanceState.QUARANTINED);
    scene.publish();
    assertThat(scene.picks(picker(Strategy.ORCHESTRATED), 10)).containsOnlyKeys("i1");
  }

  @Test
  void orchestratedTakesTheNamedOneAndTheFirstWhileThatDoesNotServe() {
    scene.serving(5);
    scene.name("i3", "shop");
    scene.name("i2", "another service");
    scene.publish();
    var picker = picker(Strategy.ORCHESTRATED);

    assertThat(scene.picks(picker, 10)).containsOnlyKeys("i3");
    assertThat(scene.pick(picker, PickScene.Call.after("i3"))).isEqualTo("i0");
    for (var state : List.of(InstanceState.QUARANTINED, InstanceState.DRAINING)) {
      scene.state("i3", state);
      scene.publish();
      assertThat(scene.picks(picker, 10)).as("%s", state).containsOnlyKeys("i0");
    }
    scene.state("i3", InstanceState.SERVING);
    scene.publish();
    assertThat(scene.picks(picker, 10)).containsOnlyKeys("i3");
    scene.remove("i3");
    scene.publish();
    assertThat(scene.picks(picker, 10)).containsOnlyKeys("i0");
  }

  @Test
  void orchestratedTakesTheNamedOneInAPanicToo() {
    scene.serving(3);
    scene.name("i1", "shop");
    List.of("i0", "i1", "i2").forEach(id -> scene.state(id, InstanceState.QUARANTINED));
    scene.publish();

    assertThat(scene.picks(picker(Strategy.ORCHESTRATED), 10)).containsOnlyKeys("i1");
  }

  @Test
  void preferredSpillsOverFromTheNearestToTheNext() {
    scene.put("a", "far", InstanceState.SERVING);
    scene.put("b", "10.0.0.9", InstanceState.SERVING);
    scene.put("c", "nearer", InstanceState.SERVING);
    scene.put("d", "near", InstanceState.SERVING);
    scene.put("e", "near", InstanceState.SERVING);
    scene.publish();
    var picker = picker(Strategy.PREFERRED);

    assertThat(scene.picks(picker, 100)).containsOnlyKeys("d", "e");
    scene.candidate("d").refused();
    assertThat(scene.picks(picker, 100)).containsOnlyKeys("e");
    scene.candidate("e").congested(0.8);
    assertThat(scene.picks(picker, 100)).containsOnlyKeys("c");
    scene.candidate("c").congested(0.9);
    assertThat(scene.picks(picker, 100)).containsOnlyKeys("b");
    scene.candidate("b").congested(1.5);
    assertThat(scene.picks(picker, 100)).containsOnlyKeys("a");
    scene.candidate("a").congested(1.5);
    assertThat(scene.picks(picker, 1_000)).hasSizeGreaterThan(2);
  }
}
