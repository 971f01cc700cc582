package dev.myelin.orchestrator.rollout;

import dev.myelin.membership.ClusterFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is kept of versions in the cluster's folder. Thread-safe.
///
/// | path | holds | writer |
/// |---|---|---|
/// | `application.json` | [RolloutState] | the acting orchestrator |
/// | `rollouts/<time>.json` | a wish | the orchestrator that was asked; the acting one deletes it |
/// | `versions/*.jar` | the jars | the orchestrator that was asked; the acting one deletes them |
public final class RolloutStore {

  private static final Logger log = LoggerFactory.getLogger(RolloutStore.class);

  private final ClusterFolder folder;

  /// Creates it.
  ///
  /// @param folder the cluster's folder
  public RolloutStore(ClusterFolder folder) {
    this.folder = folder;
  }

  private Path file() {
    return folder.root().resolve("application.json");
  }

  private Path requests() {
    return folder.root().resolve("rollouts");
  }

  /// The folder of the jars.
  Path jars() {
    return folder.root().resolve("versions");
  }

  /// The state; empty if there is none, or none that can be read.
  public Optional<RolloutState> load() {
    try {
      return folder.read(file(), RolloutState.class);
    } catch (IllegalArgumentException e) {
      log.warn("'{}' is damaged and is begun anew", file(), e);
      return Optional.empty();
    }
  }

  /// Stores the state, unless an orchestrator of a later epoch has stored its own.
  void save(RolloutState state) {
    long newest = load().map(RolloutState::epoch).orElse(0L);
    if (newest > state.epoch()) {
      throw new IllegalStateException(
          "The state of the application's versions is that of epoch %d, and not to be replaced by that of epoch %d"
              .formatted(newest, state.epoch()));
    }
    folder.write(file(), state);
  }

  /// Forgets everything: the cluster ends.
  void clear() {
    folder.delete(file());
    requestFiles().forEach(folder::delete);
    retainJars(Set.of());
  }

  /// Leaves a wish.
  void ask(RolloutRequest request) {
    folder.write(requests().resolve(request.at().toEpochMilli() + ".json"), request);
  }

  /// Whether a wish waits.
  boolean asked() {
    return !requestFiles().isEmpty();
  }

  /// Takes the wishes, the oldest first.
  List<RolloutRequest> take() {
    var requests = new ArrayList<RolloutRequest>();
    for (var file : requestFiles()) {
      try {
        folder.read(file, RolloutRequest.class).ifPresent(requests::add);
      } catch (IllegalArgumentException e) {
        log.warn("'{}' cannot be read and is ignored", file, e);
      }
      folder.delete(file);
    }
    return requests;
  }

  private List<Path> requestFiles() {
    return list(requests(), "*.json");
  }

  private static List<Path> list(Path folder, String glob) {
    try (var files = Files.newDirectoryStream(folder, glob)) {
      var sorted = new ArrayList<Path>();
      files.forEach(sorted::add);
      sorted.sort(null);
      return sorted;
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list '%s': %s".formatted(folder, e.getMessage()), e);
    }
  }

  /// Copies a jar, so that its owner may build it anew while it runs.
  ///
  /// @param jar the original
  /// @param name name of the copy
  Path copy(Path jar, String name) {
    var copy = jars().resolve(name + ".jar");
    var draft = jars().resolve("." + name + ".draft");
    try {
      Files.createDirectories(jars());
      Files.copy(jar, draft, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      folder.delete(draft);
      throw new UncheckedIOException(
          "Cannot copy '%s' to '%s': %s".formatted(jar, copy, e.getMessage()), e);
    }
  }

  /// Deletes a jar, if it is one of the copies.
  void deleteJar(Path jar) {
    if (jars().equals(jar.getParent())) {
      folder.delete(jar);
    }
  }

  /// Deletes the copies that no version needs any more.
  ///
  /// @param needed paths of those that stay
  void retainJars(Set<String> needed) {
    for (var jar : list(jars(), "*.jar")) {
      if (!needed.contains(jar.toString())) {
        folder.delete(jar);
      }
    }
  }
}
