package dev.myelin.orchestrator.state;

import dev.myelin.membership.ClusterFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Services that are called and have no instance, as their callers say: left in the folder, as
/// `demands/<service>`, for the orchestrator that acts. Thread-safe.
public final class Demands {

  private static final int MOST = 1_000;

  private final Path demands;

  /// Creates it.
  ///
  /// @param folder the cluster's folder
  public Demands(ClusterFolder folder) {
    this.demands = folder.root().resolve("demands");
  }

  /// Notes that a service is called. Said again before it is taken, it changes nothing.
  ///
  /// @param service its name
  /// @throws UncheckedIOException if it cannot be left in the folder
  public void add(String service) {
    var file = demands.resolve(service);
    if (!demands.equals(file.getParent()) || service.startsWith(".")) {
      throw new IllegalArgumentException("'%s' is no name of a service".formatted(service));
    }
    try {
      Files.createDirectories(demands);
      if (!Files.exists(file)) {
        Files.write(file, new byte[0]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Takes what was noted.
  public Set<String> take() {
    var taken = new HashSet<String>();
    try (var files = Files.newDirectoryStream(demands)) {
      for (var file : files) {
        Files.deleteIfExists(file);
        taken.add(String.valueOf(file.getFileName()));
        if (taken.size() >= MOST) {
          break;
        }
      }
    } catch (NoSuchFileException _) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list '%s': %s".formatted(demands, e.getMessage()), e);
    }
    return taken;
  }
}
