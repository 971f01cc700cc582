package dev.myelin.local;

import static dev.myelin.local.Views.NOW;
import static dev.myelin.local.Views.merged;
import static dev.myelin.local.Views.serving;
import static dev.myelin.local.Views.starting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTableTests {

  private static String draw(int rows, ClusterView view) {
    return String.join("\n", new ClusterTable(rows).draw(view, NOW, Duration.ofMillis(65_499)));
  }

  @Test
  void tableWhenEverythingServesListsInstancesByServiceAndTheCalls() {
    var view =
        merged(
            Views.of("prime-counter", serving("prime-counter-a"), serving("prime-counter-b")),
            Views.of("front", serving("front-c")));

    assertThat(draw(20, view))
        .isEqualTo(
            """
            SERVICE               INSTANCE                      STATE        IN FLIGHT        UP  ADDRESS                PID
            front                 front-c                       serving              3        7s  127.0.0.1:41213        4711
            prime-counter         prime-counter-a               serving              3        7s  127.0.0.1:41213        4711
                                  prime-counter-b               serving              3        7s  127.0.0.1:41213        4711
              65.4s  3 instances  calls 1200  retried 3  failed 1\
            """);
  }

  @Test
  void tableWhileInstancesStartShowsTheProgress() {
    var view =
        merged(
            Views.of("front", serving("front-c")),
            Views.of("sleeper", starting("sleeper-a"), starting("sleeper-b")));

    assertThat(draw(20, view).lines())
        .endsWith("  65.4s  starting  [########----------------]  1 of 3");
  }

  @Test
  void tableWhenNothingIsThereShowsNoProgress() {
    assertThat(draw(20, Views.EMPTY).lines())
        .hasSize(2)
        .endsWith("  65.4s  starting  [------------------------]  0 of 0");
  }

  @Test
  void tableWhenAServiceHasNoInstanceSaysSo() {
    assertThat(draw(20, Views.of("sleeper")).lines())
        .element(1)
        .isEqualTo("sleeper               none");
  }

  @Test
  void tableWhenACoreServiceHasNoInstanceLeavesItOut() {
    assertThat(draw(20, Views.of("myelin-gateway")).lines()).hasSize(2);
  }

  @Test
  void tableWhenHigherThanTheScreenIsCut() {
    var many = IntStream.range(0, 30).mapToObj(i -> serving("x-" + i)).toArray(InstanceView[]::new);

    var lines = draw(20, Views.of("x", many)).lines().toList();

    assertThat(lines).hasSize(1 + 20 + 1 + 1);
    assertThat(lines.get(21)).isEqualTo("… and 10 more");
  }

  @Test
  void instanceWhenItsProcessIsUnknownHasEmptyCells() {
    var instance =
        new InstanceView(new InstanceId("x-1"), 0, null, InstanceState.STARTING, 0, Instant.MAX);

    assertThat(draw(20, Views.of("x", instance)).lines()).element(1).asString().endsWith("0s");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "-5, 0s",
    "59, 59s",
    "60, 1m00s",
    "127, 2m07s",
    "3599, 59m59s",
    "3600, 1h00m",
    "11105, 3h05m",
    "86399, 23h59m",
    "86400, 1d00h",
    "352800, 4d02h"
  })
  void upTimeWhateverItIsHasItsTwoLargestUnits(long seconds, String text) {
    assertThat(ClusterTable.upTime(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, '   0.0s'",
    "50, '   0.0s'",
    "999, '   0.9s'",
    "12345, '  12.3s'",
    "100000000, 100000.0s"
  })
  void secondsWhateverTheyAreHaveOneDecimal(long millis, String text) {
    assertThat(ClusterTable.seconds(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
