package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.support.SpringFactoriesLoader;

@ExtendWith(OutputCaptureExtension.class)
final class StartupFailureTests {

  @Microservice("same")
  static class One {}

  @Microservice("same")
  static class Other {}

  @Microservice
  static final class Finished {}

  @Microservice
  static class Threads {

    public void start(Thread thread) {}

    public Thread current() {
      return Thread.currentThread();
    }
  }

  @Microservice("front")
  static class Reserved {}

  @Microservice("Not a name")
  static class Malformed {}

  @Microservice(lowWatermark = 0.9)
  static class Upside {}

  @Microservice
  static class PriceList {}

  static FailureAnalysis analysis(ApplicationContextRunner runner) {
    var found = new FailureAnalysis[1];
    runner.run(context -> {
      var failure = Objects.requireNonNull(context.getStartupFailure());
      found[0] =
          SpringFactoriesLoader.forDefaultResourceLocation()
              .load(
                  FailureAnalyzer.class,
                  SpringFactoriesLoader.FailureHandler.handleMessage((_, _) -> {}))
              .stream()
              .map(analyzer -> analyzer.analyze(failure))
              .filter(Objects::nonNull)
              .findFirst()
              .orElseThrow();
    });
    return found[0];
  }

  private static String action(FailureAnalysis analysis) {
    return Objects.requireNonNull(analysis.getAction());
  }

  @Test
  void servicesWhenOfOneNameAreBothNamed() {
    var analysis =
        analysis(Contexts.inProcess().withBean("one", One.class).withBean("other", Other.class));

    assertThat(analysis.getDescription())
        .contains("2 services of the name 'same'", "bean 'one'", One.class.getName())
        .contains("bean 'other'", Other.class.getName());
    assertThat(action(analysis)).contains("another name");
  }

  @Test
  void finalClassWhenItNeedsAStandInIsNamed() {
    var analysis = analysis(Contexts.front().withBean("finished", Finished.class));

    assertThat(analysis.getDescription())
        .contains("'finished'", Finished.class.getName(), "is final", "not hosted");
    assertThat(action(analysis)).contains("Remove the modifier", "interface");
  }

  @Test
  void finalClassWhenHostedStarts() {
    Contexts.hosting("finished")
        .withBean("finished", Finished.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void typesWhenTheyCannotBeCarriedAreNamed() {
    for (var runner :
        new ApplicationContextRunner[] {Contexts.front(), Contexts.hosting("threads")}) {
      var analysis = analysis(runner.withBean("threads", Threads.class));

      assertThat(analysis.getDescription())
          .contains("start(java.lang.Thread)", "current()", "bean 'threads'")
          .contains("a thread cannot be carried");
      assertThat(action(analysis)).contains("records");
    }
  }

  @Test
  void typesWhenTheyCannotBeCarriedAreWarnedOfInProcess(CapturedOutput output) {
    Contexts.inProcess()
        .withBean("threads", Threads.class)
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output.getOut().lines().filter(line -> line.contains("WARN")))
        .singleElement()
        .asString()
        .contains("runs in-process only", "start(java.lang.Thread)", "current()");
  }

  @Test
  void nameWhenReservedOrMalformedIsRefusedInEveryMode() {
    var reserved = analysis(Contexts.inProcess().withBean("reserved", Reserved.class));
    var malformed = analysis(Contexts.front().withBean("malformed", Malformed.class));

    assertThat(reserved.getDescription()).contains("'reserved'", "'front'", "platform");
    assertThat(malformed.getDescription()).contains("'malformed'", "'Not a name'");
    assertThat(action(malformed)).contains("lower-case");
  }

  @Test
  void attributeWhenOutOfRangeIsNamed() {
    var analysis = analysis(Contexts.inProcess().withBean("upside", Upside.class));

    assertThat(analysis.getDescription())
        .contains("'upside'", "highWatermark of @Microservice is 0.8", "0.9 of lowWatermark");
  }

  @Test
  void propertyWhenOutOfRangeIsNamed() {
    var analysis =
        analysis(
            Contexts.inProcess()
                .withBean(PriceList.class)
                .withPropertyValues("myelin.services.price-list.min-instances=-1"));

    assertThat(analysis.getDescription())
        .contains("property 'myelin.services.price-list.min-instances' is -1")
        .contains("at least 0");
    assertThat(action(analysis)).contains("'myelin.services.price-list.min-instances'");
  }

  @Test
  void propertyWhenOfAnotherTypeIsNamed() {
    var analysis =
        analysis(
            Contexts.inProcess()
                .withBean(PriceList.class)
                .withPropertyValues("myelin.services.price-list.min-instances=many"));

    assertThat(analysis.getDescription())
        .contains("myelin.services.price-list.min-instances", "many");
  }

  @Test
  void hostsWhenUnknownListsServicesAndSuggestsTheNearest() {
    var analysis =
        analysis(Contexts.hosting("price-lists").withBean(PriceList.class).withBean(One.class));

    assertThat(analysis.getDescription()).contains("'myelin.hosts'", "'price-lists'");
    assertThat(action(analysis)).contains("Did you mean 'price-list'?", "price-list, same");
  }

  @Test
  void hostsWhenUnlikeAnyServiceSuggestsNothing() {
    var analysis = analysis(Contexts.hosting("zebra").withBean(PriceList.class));

    assertThat(action(analysis)).doesNotContain("Did you mean").contains("price-list");
    assertThat(action(analysis(Contexts.hosting("zebra")))).contains("has no service");
  }

  @Test
  void folderWhenMissingInProcessModeIsNamed() {
    var analysis = analysis(Contexts.inProcess().withPropertyValues("myelin.mode=process"));

    assertThat(analysis.getDescription())
        .contains("'myelin.mode' is 'process'", "'myelin.cluster.folder' is not set");
    assertThat(action(analysis)).contains("myelin.cluster.folder", "local-cluster.jar");
  }

  @Test
  void folderWhenMissingInDockerModeIsNamed() {
    var analysis = analysis(Contexts.inProcess().withPropertyValues("myelin.mode=docker"));

    assertThat(analysis.getDescription())
        .contains("'myelin.mode' is 'docker'", "has no cluster to join");
  }

  @Test
  void addressWhenMissingInPodsIsNamed() {
    var analysis =
        analysis(
            Contexts.inProcess()
                .withPropertyValues("myelin.mode=kubernetes", "myelin.cluster.folder=/tmp"));

    assertThat(analysis.getDescription())
        .contains("'myelin.mode' is 'kubernetes'", "'myelin.core.address' is not set");
    assertThat(action(analysis)).contains("myelin-core:7070");
  }
}
