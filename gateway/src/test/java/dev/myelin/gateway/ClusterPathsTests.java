package dev.myelin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.json.WireJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClusterPathsTests {

  private static final ClusterView VIEW =
      new ClusterView(
          Map.of(
              "shop",
              List.of(
                  new InstanceView(
                      new InstanceId("shop-3f9a"),
                      4711,
                      "127.0.0.1:41213",
                      InstanceState.SERVING,
                      3,
                      Instant.parse("2026-11-23T10:15:30Z")))),
          new CallTotals(10, 2, 1));

  private static RunningGateway gateway;

  // native is what Spring Boot chooses by itself on Kubernetes
  @BeforeAll
  static void start() {
    gateway = new RunningGateway("--server.forward-headers-strategy=native");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void clusterWhenReadIsTheOrchestratorsView() throws Exception {
    gateway.cluster.set(() -> VIEW);

    var response = gateway.get("/-/cluster");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(WireJson.read(response.body(), ClusterView.class)).isEqualTo(VIEW);
  }

  @Test
  void clusterWhenTheOrchestratorIsAwaySaysSo() throws Exception {
    gateway.cluster.set(() -> {
      throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "nobody acts");
    });

    var response = gateway.get("/-/cluster");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("\"service\":\"myelin-orchestrator\"", "nobody acts");
  }

  @Test
  void pathsWhenListedNameTheCluster() throws Exception {
    assertThat(gateway.get("/-/").body()).contains("/-/cluster");
    assertThat(gateway.get("/-").body()).contains("/-/cluster");
  }

  @Test
  void pathWhenUnknownIsNotFound() throws Exception {
    assertThat(gateway.get("/-/else").statusCode()).isEqualTo(404);
  }

  @Test
  void clusterWhenWrittenToRefusesTheMethod() throws Exception {
    var response =
        gateway.send(gateway.request("/-/cluster").POST(BodyPublishers.noBody()).build());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().allValues("Allow")).containsExactly("GET, HEAD");
  }

  // the other direction, a stranger who claims to be loopback, is in PeerAddressValveTests
  @Test
  void requestWhenItClaimsToComeFromElsewhereIsJudgedByItsConnection() throws Exception {
    gateway.cluster.set(() -> VIEW);

    assertThat(gateway.get("/-/cluster", "X-Forwarded-For", "203.0.113.9").statusCode())
        .isEqualTo(200);
  }
}
