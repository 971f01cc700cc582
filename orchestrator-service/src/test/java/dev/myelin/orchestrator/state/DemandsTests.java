package dev.myelin.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.membership.ClusterFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemandsTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private Demands demands;

  @BeforeEach
  void create() {
    demands = new Demands(new ClusterFolder(root));
  }

  @Test
  void nothingIsDemandedAtFirst() {
    assertThat(demands.take()).isEmpty();
  }

  @Test
  void demandSaidToAnyOrchestratorIsTakenOnce() {
    demands.add("price-list");
    new Demands(new ClusterFolder(root)).add("price-list");
    demands.add("tax");

    assertThat(demands.take()).containsExactlyInAnyOrder("price-list", "tax");
    assertThat(demands.take()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../lease.json", "a/b", ".hidden", ".."})
  void whatLeadsOutOfTheFolderIsRefused(String service) {
    assertThatIllegalArgumentException().isThrownBy(() -> demands.add(service));
  }
}
