package dev.myelin.charts;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One of the charts of this folder, rendered without a cluster.
///
/// @param name name of its folder
/// @param required values without which it does not render
record Chart(String name, Map<String, String> required) {

  static final Chart MYELIN = new Chart("myelin", Map.of());
  static final Chart APPLICATION =
      new Chart("application", Map.of("image.repository", "shop", "image.tag", "1"));

  static final int NODES = 45;

  private static final String PREVIOUS = "0.1.0";

  static List<Chart> all() {
    return List.of(MYELIN, APPLICATION);
  }

  Path folder() {
    return Path.of(name).toAbsolutePath();
  }

  Helm helm() {
    return new Helm(folder());
  }

  /// The version before this one, as it was given out.
  Helm previous() {
    return new Helm(
        Path.of("src", "test", "resources", "previous", PREVIOUS, name).toAbsolutePath());
  }

  /// Its files of values, one for each kind of cluster.
  List<Path> valuesFiles() {
    try (Stream<Path> files = Files.list(folder().resolve("values"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As it is, but that its hooks are ordinary resources: hooks are left out of what is rendered.
  private Helm rendered() {
    var copy = Path.of("target", "without-hooks", name);
    try (Stream<Path> files = Files.walk(folder())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var to = copy.resolve(folder().relativize(file));
        Files.createDirectories(to.getParent());
        var lines = Files.readAllLines(file);
        Files.write(to, lines.stream().filter(line -> !line.contains("helm.sh/hook")).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Helm(copy.toAbsolutePath());
  }

  /// The manifests that single values make.
  String render(Map<String, ?> values) {
    var command = rendered().template().withName("it").withNamespace("here");
    var all = new LinkedHashMap<String, Object>(required);
    all.putAll(values);
    all.forEach(command::set);
    return command.call();
  }

  /// The manifests that a file of values makes.
  String render(Path valuesFile) {
    var command = rendered().template().withName("it").withNamespace("here");
    if (equals(MYELIN)) {
      command.set("core.nodes", NODES); // else they are counted, for which a cluster is needed
    }
    return command.withValuesFile(valuesFile).call();
  }

  /// All manifests there are: of the default values, and of each file.
  Map<String, String> renderings() {
    var renderings = new LinkedHashMap<String, String>();
    renderings.put(name + " as it is", render(Map.of()));
    for (var file : valuesFiles()) {
      renderings.put(name + " " + file.getFileName(), render(file));
    }
    return renderings;
  }

  @Override
  public String toString() {
    return name;
  }
}
