package dev.myelin.pubsub.membership;

import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderMemberStoreTests extends MemberStoreContractTests {

  private ClusterFolder folder;

  @BeforeEach
  void open(@TempDir Path root) {
    folder = new ClusterFolder(root.resolve("cluster"));
  }

  @Override
  MemberStore store() {
    return new FolderMemberStore(folder);
  }

  @Test
  void memberOutlivesTheStore() {
    var member = serving("a-1", "a");

    store().save(member);

    assertThat(store().load()).containsExactly(member);
  }

  @Test
  void unreadableMemberIsLeftOut() throws IOException {
    var member = serving("a-1", "a");
    store().save(member);
    Files.writeString(folder.members().resolve("a-0.json"), "");

    assertThat(store().load()).containsExactly(member);
  }
}
