package dev.myelin.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Another build of an application: its executable jar with some entries more.
final class JarVariant {

  private static final String CLASSES = "BOOT-INF/classes/";

  private final Path original;
  private final Map<String, byte[]> added = new LinkedHashMap<>();

  JarVariant(Path original) {
    this.original = original;
  }

  /// Adds properties, which win over the application's own.
  JarVariant withProperties(String properties) {
    added.put(
        CLASSES + "config/application.properties", properties.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /// Adds a listener of the application's events, that is of all that happens in its start-up.
  JarVariant withListener(Class<?> listener) throws IOException {
    for (var type : listener.getNestMembers()) {
      withClass(type);
    }
    added.put(
        CLASSES + "META-INF/spring.factories",
        "org.springframework.context.ApplicationListener=%s\n"
            .formatted(listener.getName())
            .getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private void withClass(Class<?> type) throws IOException {
    var name = type.getName().replace('.', '/') + ".class";
    try (InputStream bytes =
        Objects.requireNonNull(type.getClassLoader()).getResourceAsStream(name)) {
      added.put(CLASSES + name, Objects.requireNonNull(bytes).readAllBytes());
    }
  }

  /// Writes the jar.
  Path writeTo(Path file) throws IOException {
    try (var from = new ZipFile(original.toFile());
        var to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var entries = from.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        to.putNextEntry(copy(entry));
        try (var content = from.getInputStream(entry)) {
          content.transferTo(to);
        }
      }
      for (var entry : added.entrySet()) {
        to.putNextEntry(new ZipEntry(entry.getKey()));
        to.write(entry.getValue());
      }
    }
    return file;
  }

  // Spring Boot reads libraries where they lie in the jar, so these must stay uncompressed
  private static ZipEntry copy(ZipEntry entry) {
    var copy = new ZipEntry(entry.getName());
    copy.setMethod(entry.getMethod());
    if (entry.getMethod() == ZipEntry.STORED) {
      copy.setSize(entry.getSize());
      copy.setCrc(entry.getCrc());
    }
    return copy;
  }
}
