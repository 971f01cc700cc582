package dev.myelin.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.Microservice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LibraryFramesTests {

  static List<String> packages() throws Exception {
    var root =
        Path.of(Microservice.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> folders = Files.list(root.resolve("dev/myelin"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> "dev.myelin." + folder.getFileName())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("packages")
  void framesOfEveryPackageOfTheStarterAreTheLibrarys(String name) {
    assertThat(LibraryFrames.contains(new StackTraceElement(name + ".Any", "run", "Any.java", 1)))
        .isTrue();
  }

  @Test
  void framesOfApplicationsAreNot() {
    assertThat(
            LibraryFrames.contains(
                new StackTraceElement("com.acme.shop.Shop", "buy", "Shop.java", 1)))
        .isFalse();
  }
}
