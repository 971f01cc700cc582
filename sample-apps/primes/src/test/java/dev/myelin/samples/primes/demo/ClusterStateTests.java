package dev.myelin.samples.primes.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class ClusterStateTests {

  private static final String JSON =
      """
      {"services": {
         "front": [{"id": "front-1", "pid": 2, "address": null, "state": "SERVING", "inFlight": 0,
                    "startedAt": "2026-11-23T00:00:00Z"}],
         "a": [{"id": "a-1", "pid": 3, "address": "127.0.0.1:1", "state": "DRAINING", "inFlight": 4,
                "startedAt": "2026-11-23T00:00:00Z"}],
         "b": [{"id": "a-1", "pid": 3, "address": "127.0.0.1:1", "state": "serving", "inFlight": 1,
                "startedAt": "2026-11-23T00:00:00Z"}]},
       "calls": {"made": 7, "retried": 2, "failed": 1}, "more": "later"}
      """;

  private final ClusterState state = ClusterState.of(Json.read(JSON));

  @Test
  void instancesAreReadByService() {
    assertThat(state.instancesOf("a"))
        .containsExactly(new ClusterState.Instance("a-1", 3, "draining", 4));
    assertThat(state.instancesOf("a").getFirst().serving()).isFalse();
    assertThat(state.instancesOf("b").getFirst().serving()).isTrue();
    assertThat(state.instancesOf("c")).isEmpty();
  }

  @Test
  void processOfSeveralServicesIsListedOnce() {
    assertThat(state.processes()).containsExactly(entry(2L, "front"), entry(3L, "a, b"));
  }

  @Test
  void callsAreRead() {
    assertThat(state.calls()).isEqualTo(new ClusterState.Calls(7, 2, 1));
  }
}
