package dev.myelin.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.json.WireJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpawnRecordsTests {

  private static final SpawnRecord SHOP =
      new SpawnRecord(
          new InstanceId("shop-1"),
          "shop",
          new ProcessKey(42, Instant.parse("2026-03-01T10:00:00.250Z")),
          7);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private ClusterFolder folder;

  @SuppressWarnings("NullAway.Init")
  private SpawnRecords records;

  @BeforeEach
  void createRecords() {
    folder = new ClusterFolder(root);
    records = new SpawnRecords(folder);
  }

  @Test
  void nothingIsStoredAtFirst() {
    assertThat(records.load()).isEmpty();
  }

  @Test
  void storedRecordIsFoundUntilDeleted() {
    records.store(SHOP);
    assertThat(records.load()).containsExactly(SHOP);

    records.delete(SHOP.id());
    records.delete(SHOP.id());
    assertThat(records.load()).isEmpty();
  }

  @Test
  void damagedRecordIsDeletedAndTheOthersAreFound() throws Exception {
    records.store(SHOP);
    var damaged = Files.writeString(folder.instances().resolve("a-1.json"), "{\"id\":");

    assertThat(records.load()).containsExactly(SHOP);
    assertThat(damaged).doesNotExist();
  }

  @Test
  void recordOfALaterVersionIsRead() {
    var json =
        """
        {
          "id" : "shop-1",
          "service" : "shop",
          "process" : { "pid" : 42, "startedAt" : "2026-03-01T10:00:00.250Z", "cgroup" : "x" },
          "epoch" : 7,
          "host" : "a"
        }
        """;

    assertThat(WireJson.read(json, SpawnRecord.class)).isEqualTo(SHOP);
    assertThat(WireJson.write(SHOP)).contains("\"2026-03-01T10:00:00.250Z\"");
  }
}
