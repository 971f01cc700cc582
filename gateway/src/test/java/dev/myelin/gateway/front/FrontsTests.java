package dev.myelin.gateway.front;

import static dev.myelin.gateway.FakeMembership.front;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.gateway.FakeMembership;
import dev.myelin.gateway.front.Fronts.Choice;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrontsTests {

  private static final Endpoint HTTP = new Endpoint("127.0.0.1", 80);

  private final FakeMembership membership = new FakeMembership();

  private Fronts fronts(Duration limit) {
    return new Fronts(membership, limit, System::nanoTime);
  }

  private static String id(Choice choice) {
    return choice.id().value();
  }

  @Test
  void frontsWhenSeveralServeTakeTurns() {
    membership.set("front", front("a", HTTP), front("b", HTTP), front("c", HTTP));
    var fronts = fronts(Duration.ZERO);
    var chosen = new ArrayList<String>();

    for (int i = 0; i < 6; i++) {
      chosen.add(id(fronts.search().next()));
    }

    assertThat(chosen).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void frontWhenQuarantinedIsLeftOutWhileAnotherServes() {
    membership.set(
        "front", front("a", HTTP).withState(InstanceState.QUARANTINED), front("b", HTTP));
    var fronts = fronts(Duration.ZERO);

    assertThat(id(fronts.search().next())).isEqualTo("b");
    assertThat(id(fronts.search().next())).isEqualTo("b");
  }

  @Test
  void frontWhenQuarantinedIsChosenIfNoneServes() {
    membership.set(
        "front",
        front("a", HTTP).withState(InstanceState.QUARANTINED),
        front("b", HTTP).withState(InstanceState.DRAINING));

    assertThat(id(fronts(Duration.ZERO).search().next())).isEqualTo("a");
  }

  @Test
  void frontWhenRefusedIsNotOfferedAgain() {
    membership.set("front", front("a", HTTP), front("b", HTTP));
    var search = fronts(Duration.ZERO).search();

    search.refused(search.next());
    assertThat(id(search.next())).isEqualTo("b");
    search.refused(search.next());

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(search::next)
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAVAILABLE))
        .withMessageContaining("2 known, 2 could not be connected to");
  }

  @Test
  void searchWhenThereIsNoFrontWaitsForOne() throws Exception {
    var search = fronts(Duration.ofSeconds(20)).search();
    var chosen = CompletableFuture.supplyAsync(() -> id(search.next()));

    membership.set("front", front("late", HTTP).withState(InstanceState.STARTING));
    membership.set("front", front("late", HTTP));

    assertThat(chosen.get(10, TimeUnit.SECONDS)).isEqualTo("late");
  }

  @Test
  void searchWhenNoFrontComesInTimeFails() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> fronts(Duration.ofMillis(20)).search().next())
        .satisfies(e ->
            assertThat(e.problem().members())
                .containsEntry("service", "front")
                .containsEntry("execution", "did-not-run"));
  }

  @Test
  void searchWhenTheApplicationHasNoHttpServerSaysSoAtOnce() {
    membership.set("front", front("a", null));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> fronts(Duration.ofMinutes(1)).search().next())
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.NOT_FOUND));
  }
}
