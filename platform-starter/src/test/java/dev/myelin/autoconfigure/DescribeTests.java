package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import dev.myelin.testapp.TestApplication;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Service;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class DescribeTests {

  @TempDir private Path folder;

  @Microservice(external = true)
  static class Prices {

    Prices() {
      throw new AssertionError("a bean was created");
    }

    public String price(List<String> items) {
      return items.toString();
    }
  }

  static final class Ended extends RuntimeException {

    final int status;

    Ended(int status) {
      this.status = status;
    }
  }

  private static ApplicationContextRunner describing(String file) {
    return Contexts.inProcess()
        .withBean(Prices.class)
        .withBean(
            ProcessEnd.class,
            () ->
                status -> {
                  throw new Ended(status);
                })
        .withPropertyValues("myelin.describe=" + file, "spring.application.name=shop");
  }

  @Test
  void descriptionWhenAskedForIsWrittenBeforeAnyBeanExists() throws IOException {
    var file = folder.resolve("shop.json");

    describing(file.toString())
        .run(context ->
            assertThat(context.getStartupFailure())
                .isInstanceOfSatisfying(Ended.class, ended -> assertThat(ended.status).isZero()));

    var description = WireJson.read(Files.readString(file), ApplicationDescription.class);
    assertThat(description.application()).isEqualTo("shop");
    assertThat(description.services()).extracting(Service::name).containsExactly("prices");
    var service = description.services().getFirst();
    assertThat(service.attributes().external()).isTrue();
    assertThat(service.operations().getFirst().parameters().getFirst().type())
        .isEqualTo("java.util.List<java.lang.String>");
  }

  @Test
  void descriptionWhenFileCannotBeWrittenFails() {
    describing(folder.resolve("missing/shop.json").toString())
        .run(context ->
            assertThat(context.getStartupFailure())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("missing"));
  }

  @Test
  void optionWhenFalseIsNotGiven() {
    Contexts.inProcess()
        .withPropertyValues("myelin.describe=false")
        .run(context -> assertThat(context).hasNotFailed());
  }

  private record Outcome(int status, String output, String errors) {}

  private Outcome java(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TestApplication.class.getName()));
    command.addAll(List.of(arguments));
    var output = folder.resolve("out").toFile();
    var errors = folder.resolve("err").toFile();
    var process = new ProcessBuilder(command).redirectOutput(output).redirectError(errors).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(
        process.exitValue(), Files.readString(output.toPath()), Files.readString(errors.toPath()));
  }

  @Test
  void processWhenDescribingPrintsNothingButJson() throws Exception {
    var outcome = java("--myelin.describe");

    assertThat(outcome.status()).isZero();
    var description = WireJson.read(outcome.output(), ApplicationDescription.class);
    assertThat(description.application()).isEqualTo("TestApplication");
    assertThat(description.services())
        .extracting(Service::name)
        .containsExactly("counter", "greeter", "sleeper");
    assertThat(description.build()).matches("[0-9a-f]{8}").isNotEqualTo("00000000");
    assertThat(outcome.output().lines().findFirst()).hasValue("{");
  }

  @Test
  void processWhenDescribingFailsSaysWhyAndHasAnotherStatus() throws Exception {
    var outcome = java("--myelin.describe", "--myelin.services.greeter.concurrency=0");

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors())
        .contains("APPLICATION FAILED TO START", "'myelin.services.greeter.concurrency' is 0");
  }
}
