package dev.myelin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.ApplicationView;
import dev.myelin.wire.ApplicationView.VersionView;
import dev.myelin.wire.RetirementView;
import dev.myelin.wire.RolloutAnswer;
import dev.myelin.wire.RolloutAnswer.Verdict;
import dev.myelin.wire.ScalingDecision;
import dev.myelin.wire.UnaskedOrchestrator;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationPathsTests {

  private static final String SHOP = "/-/applications/shop";
  private static final ApplicationView VIEW =
      new ApplicationView("shop", new VersionView("v1", "b1", "shop.jar", Instant.EPOCH), null);

  private static RunningGateway gateway;

  private final RecordingOrchestrator orchestrator = new RecordingOrchestrator();

  @BeforeAll
  static void start() {
    gateway = new RunningGateway("--myelin.core.gateway.max-jar=100KB");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @BeforeEach
  void set() {
    gateway.orchestrator.set(orchestrator);
  }

  private static final class RecordingOrchestrator extends UnaskedOrchestrator {

    final List<String> asked = new ArrayList<>();
    Verdict verdict = Verdict.ACCEPTED;

    @Override
    public RolloutAnswer rollOut(String application, String jar) {
      try {
        asked.add(application + " " + Files.readString(Path.of(jar)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new RolloutAnswer(verdict, "because");
    }

    @Override
    public RolloutAnswer rollBack(String application, String reason) {
      asked.add("back " + application);
      return new RolloutAnswer(verdict, "because");
    }

    @Override
    public Optional<ApplicationView> application() {
      return Optional.of(VIEW);
    }

    @Override
    public List<RetirementView> retirements() {
      return List.of();
    }

    @Override
    public List<ScalingDecision> decisions() {
      return List.of(
          new ScalingDecision(
              Instant.EPOCH,
              "tax",
              1,
              2,
              "congestion",
              new ScalingDecision.Figures(1, 0, 9, 10, 0.9)));
    }
  }

  private static HttpResponse<String> upload(byte[] body, String... headers) throws Exception {
    return gateway.send(
        gateway.request(SHOP).headers(headers).POST(BodyPublishers.ofByteArray(body)).build());
  }

  @Test
  void jarWhenPostedIsInAFileWhileTheOrchestratorLooks() throws Exception {
    var response =
        upload(
            "octets".getBytes(StandardCharsets.UTF_8), "Content-Type", "application/java-archive");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(WireJson.read(response.body(), RolloutAnswer.class).detail()).isEqualTo("because");
    assertThat(orchestrator.asked).containsExactly("shop octets");
    assertNothingLeft();
  }

  private static void assertNothingLeft() throws IOException {
    try (var files = Files.list(gateway.folder.resolve("uploads"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void jarWhenNamedIsReadWhereItIs() throws Exception {
    var jar = Files.writeString(gateway.folder.resolve("named.jar"), "named");

    var response = gateway.post(SHOP, "{\"jar\": \"%s\"}".formatted(jar));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(orchestrator.asked).containsExactly("shop named");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"jar\": \"relative.jar\"} | 400", "{} | 400", "{ | 400", "[] | 400"})
  void jsonWithoutAPathIsRefused(String json, int status) throws Exception {
    assertThat(gateway.post(SHOP, json).statusCode()).isEqualTo(status);
    assertThat(orchestrator.asked).isEmpty();
  }

  @Test
  void jarWhenTooLargeIsRefusedAndNotKept() throws Exception {
    var response = upload(new byte[200_000], "Content-Type", "application/java-archive");

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("myelin.core.gateway.max-jar");
    assertNothingLeft();
  }

  // what a page can send without asking first
  @Test
  void formOfAPageIsRefused() throws Exception {
    assertThat(upload(new byte[1], "Content-Type", "text/plain").statusCode()).isEqualTo(415);
    assertThat(
            upload(
                    new byte[1],
                    "Content-Type",
                    "application/java-archive",
                    "Origin",
                    "http://localhost:8080")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            gateway
                .send(gateway.request(SHOP).header("Origin", "http://a").DELETE().build())
                .statusCode())
        .isEqualTo(403);
    assertThat(orchestrator.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN_APPLICATION, 404", "UNUSABLE_JAR, 400", "CONFLICT, 409"})
  void refusalHasItsStatusAndReason(Verdict verdict, int status) throws Exception {
    orchestrator.verdict = verdict;

    var response = upload(new byte[1], "Content-Type", "application/java-archive");

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains("because");
  }

  @Test
  void rolloutWhenDeletedIsUndone() throws Exception {
    var response = gateway.send(gateway.request(SHOP).DELETE().build());

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(orchestrator.asked).containsExactly("back shop");
  }

  @Test
  void applicationWhenReadIsTheOrchestratorsView() throws Exception {
    var response = gateway.get(SHOP);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(WireJson.read(response.body(), ApplicationView.class)).isEqualTo(VIEW);
    assertThat(gateway.get("/-/applications/bank").statusCode()).isEqualTo(404);
    assertThat(
            gateway.send(gateway.request(SHOP).PUT(BodyPublishers.noBody()).build()).statusCode())
        .isEqualTo(405);
  }

  @Test
  void decisionsAndRetirementsAreLists() throws Exception {
    assertThat(gateway.get("/-/decisions").body())
        .contains("\"service\" : \"tax\"", "\"congestion\" : 0.9");
    assertThat(gateway.get("/-/retirements").body()).isEqualTo("[ ]");
    assertThat(gateway.get("/-/").body()).contains("/-/decisions", "/-/applications/{name}");
  }
}
