package dev.myelin.pubsub.membership;

import static dev.myelin.membership.Members.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void memberThatWasStoredBeforeThereWereNamesIsNamedForNothing() throws IOException {
    var member = serving("a-1", "a");
    store().save(member.withNamed(List.of("a")));
    var file = folder.members().resolve("a-1.json");
    var text = Files.readString(file);
    var before = text.replaceAll(",\\s*\"named\"\\s*:\\s*\\[[^]]*\\]", "");
    assertThat(before).isNotEqualTo(text).doesNotContain("named");

    Files.writeString(file, before);

    assertThat(store().load()).containsExactly(member);
  }

  @Test
  void memberThatALaterBuildStoredIsRead() throws IOException {
    var member = serving("a-1", "a").withNamed(List.of("a"));
    store().save(member);
    var file = folder.members().resolve("a-1.json");

    Files.writeString(
        file, Files.readString(file).replaceFirst("\\{", "{\"later\": {\"x\": [1]},"));

    assertThat(store().load()).containsExactly(member);
  }
}
