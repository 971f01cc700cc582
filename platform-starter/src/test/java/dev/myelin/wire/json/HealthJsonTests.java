package dev.myelin.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is said of health, as it was written once, is read for ever.
final class HealthJsonTests {

  private static final InstanceId ID = new InstanceId("prices-1");

  @Test
  void heartbeatOfAnOlderProcessAccusesNobody() {
    var written =
        """
        {"id": "prices-1", "sequence": 7, "served": [],
         "made": {"made": 3, "retried": 1, "failed": 0}, "unknown": true}
        """;

    assertThat(WireJson.read(written, Heartbeat.class))
        .isEqualTo(new Heartbeat(ID, 7, List.of(), new CallTotals(3, 1, 0)));
  }

  @Test
  void heartbeatIsReadAsItWasWritten() {
    var heartbeat =
        new Heartbeat(ID, 7, List.of(), CallTotals.NONE, List.of(new InstanceId("tax-2")));

    assertThat(WireJson.read(WireJson.write(heartbeat), Heartbeat.class)).isEqualTo(heartbeat);
  }

  @Test
  void heartbeatNamesNoMoreThanAFew() {
    var all = IntStream.range(0, 100).mapToObj(number -> new InstanceId("i-" + number)).toList();

    assertThat(new Heartbeat(ID, 1, List.of(), CallTotals.NONE, all).suspected())
        .isEqualTo(all.subList(0, Heartbeat.MOST_SUSPECTED));
  }

  @Test
  void flagIsReadAsItWasWritten() {
    var written =
        """
        {"id": "prices-1", "reason": "silent", "votes": ["core-1", "core-2"],
         "census": {"watched": 40, "suspect": 1}}
        """;

    assertThat(WireJson.read(written, Flag.class))
        .isEqualTo(
            new Flag(
                ID,
                "silent",
                List.of(new InstanceId("core-1"), new InstanceId("core-2")),
                new Flag.Census(40, 1)));
  }
}
