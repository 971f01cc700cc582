package dev.myelin.samples.boot40;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.callpath.Sides;
import dev.myelin.samples.boot40.Prices.Price;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// The starter, which is built with Spring Boot 4.1, in an application of Spring Boot 4.0 whose
/// classes are of Java 17.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Boot40Tests {

  private static final int JAVA_17 = 61;

  private Sides inProcess;
  private Sides remote;

  @BeforeAll
  void start() throws IOException {
    inProcess = Sides.inProcess(Boot40Application.class);
    remote = Sides.remote(Boot40Application.class, WebApplicationType.SERVLET, "--server.port=0");
  }

  @AfterAll
  void stop() {
    inProcess.close();
    remote.close();
  }

  Stream<Sides> modes() {
    return Stream.of(inProcess, remote);
  }

  @Test
  void springBootIsOf40() {
    assertThat(SpringBootVersion.getVersion()).startsWith("4.0.");
  }

  @Test
  void classesAreOfJava17() throws IOException {
    try (var in =
        new DataInputStream(
            Objects.requireNonNull(Prices.class.getResourceAsStream("Prices.class")))) {
      in.skipNBytes(6);

      assertThat(in.readUnsignedShort()).isEqualTo(JAVA_17);
    }
  }

  @Test
  void serviceIsTheBeanOnlyWhereItIsHosted() {
    assertThat(inProcess.caller().getBean(Prices.class)).isExactlyInstanceOf(Prices.class);
    assertThat(remote.host().getBean(Prices.class)).isExactlyInstanceOf(Prices.class);
    assertThat(remote.caller().getBean(Prices.class)).isNotExactlyInstanceOf(Prices.class);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void callerGetsTheResult(Sides sides) {
    assertThat(sides.caller().getBean(Basket.class).total(List.of("tea", "cake", "tea")))
        .isEqualTo("8.20");
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void callerGetsTheException(Sides sides) {
    var basket = sides.caller().getBean(Basket.class);

    assertThatExceptionOfType(UnknownItemException.class)
        .isThrownBy(() -> basket.total(List.of("tea", "soup")))
        .withMessage("There is no price of 'soup'")
        .satisfies(e -> assertThat(e.item()).isEqualTo("soup"));
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("modes")
  void callerGetsTheFuture(Sides sides) throws Exception {
    var later = sides.caller().getBean(Prices.class).later("cake");

    assertThat(later.get(20, TimeUnit.SECONDS))
        .isEqualTo(new Price("cake", new BigDecimal("3.20")));
  }

  @Test
  void applicationInOneProcessAnswersHttp() throws Exception {
    try (var context =
        SpringApplication.run(
            Boot40Application.class, "--server.port=0", "--myelin.cluster.folder=target/cluster")) {
      assertThat(get(context, "/total?items=tea,cake").body()).isEqualTo("5.70");
      assertThat(get(context, "/total?items=soup").statusCode()).isEqualTo(404);
      assertThat(get(context, "/actuator/health").body()).contains("\"UP\"");
    }
  }

  @Test
  void instanceCountsInItsMetricsWhatItServed() throws Exception {
    remote.caller().getBean(Prices.class).of(List.of("tea"));

    var metric = get(remote.host(), "/actuator/metrics/myelin.serve?tag=service:prices").body();
    assertThat(metric).contains("\"operation\"", "\"SUCCESS\"");
  }

  @Test
  void descriptionNamesTheService(@TempDir Path folder) throws Exception {
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Boot40Application.class.getName(),
                "--myelin.describe")
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("error").toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(process.exitValue()).as(Files.readString(folder.resolve("error"))).isZero();
    var description = JsonMapper.shared().readTree(Files.readString(output));
    assertThat(description.at("/application").asString()).isEqualTo("boot40");
    assertThat(description.at("/services/0/type").asString()).isEqualTo(Prices.class.getName());
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
      throws Exception {
    var port = context.getEnvironment().getRequiredProperty("local.server.port");
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
