package dev.myelin.orchestrator.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/// Packs single classes into executable jars.
public final class SmallJar {

  private SmallJar() {}

  /// Writes a jar.
  ///
  /// @param file where
  /// @param main class to run; needs no other class but the JDK's
  /// @param entries names of further, empty entries
  public static Path of(Path file, Class<?> main, String... entries) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
    return write(file, manifest, main, entries);
  }

  /// Writes a jar that another class is said to launch.
  ///
  /// @param file where
  /// @param launcher name of that class, which need not be there
  /// @param main class that is in it
  /// @param entries names of further, empty entries
  public static Path launchedBy(Path file, String launcher, Class<?> main, String... entries)
      throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, launcher);
    return write(file, manifest, main, entries);
  }

  static Path write(Path file, Manifest manifest, Class<?> main, String... entries)
      throws IOException {
    try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      var name = main.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new ZipEntry(name));
      try (var bytes = Objects.requireNonNull(main.getClassLoader()).getResourceAsStream(name)) {
        Objects.requireNonNull(bytes).transferTo(jar);
      }
      for (var entry : entries) {
        jar.putNextEntry(new ZipEntry(entry));
      }
    }
    return file;
  }
}
