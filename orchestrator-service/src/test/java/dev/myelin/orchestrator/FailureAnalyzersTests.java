package dev.myelin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.state.UnusableApplicationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

final class FailureAnalyzersTests {

  @Test
  void failuresAreExplained() {
    var analyzers =
        // Some of Boot's own need a bean factory and cannot be made here
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, FailureHandler.handleMessage((_, _) -> {}))
            .stream()
            .filter(each -> each.getClass().getPackageName().equals("dev.myelin.orchestrator"))
            .toList();

    assertThat(analyzers)
        .extracting(each -> each.analyze(new ClusterTakenException(Path.of("/c"), "core-1")))
        .filteredOn(analysis -> analysis != null)
        .singleElement()
        .satisfies(analysis -> {
          assertThat(analysis.getDescription())
              .isEqualTo("Another cluster runs on the folder '/c': its lease is held by 'core-1'.");
          assertThat(analysis.getAction()).contains("myelin.cluster.folder");
        });
    assertThat(analyzers)
        .extracting(each -> each.analyze(new UnusableApplicationException("no jar", "build it")))
        .filteredOn(analysis -> analysis != null)
        .singleElement()
        .satisfies(analysis -> {
          assertThat(analysis.getDescription()).isEqualTo("no jar");
          assertThat(analysis.getAction()).isEqualTo("build it");
        });
  }
}
