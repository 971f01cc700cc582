package dev.myelin.pubsub.membership;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Members as files of a cluster's folder, one each.
public final class FolderMemberStore implements MemberStore {

  private static final Logger log = LoggerFactory.getLogger(FolderMemberStore.class);

  private final ClusterFolder folder;

  /// Creates one.
  ///
  /// @param folder the cluster's folder; pubsub alone writes to its members
  public FolderMemberStore(ClusterFolder folder) {
    this.folder = folder;
  }

  @Override
  public List<Member> load() {
    if (!Files.isDirectory(folder.members())) {
      return List.of();
    }
    try (var files = Files.list(folder.members())) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .sorted()
          .map(this::read)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot list '%s': %s".formatted(folder.members(), e.getMessage()), e);
    }
  }

  @Override
  public void save(Member member) {
    folder.write(file(member.instance().id()), member);
  }

  @Override
  public void remove(InstanceId id) {
    folder.delete(file(id));
  }

  private Optional<Member> read(Path file) {
    try {
      return folder.read(file, Member.class);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      log.warn("Member in '{}' is left out until it registers again: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private Path file(InstanceId id) {
    return folder.members().resolve(id + ".json");
  }
}
