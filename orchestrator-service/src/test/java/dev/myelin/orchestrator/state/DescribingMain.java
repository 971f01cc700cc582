package dev.myelin.orchestrator.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Behaves like an application that is asked to describe itself; packed into a jar by tests.
final class DescribingMain {

  private static final String DESCRIPTION =
      """
      {"application": "shop", "build": "b1", "services": []}
      """;

  private DescribingMain() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("asked");
    for (var argument : arguments) {
      switch (argument) {
        case "--fail" -> throw new IllegalStateException("no such bean");
        case "--hang" -> TimeUnit.MINUTES.sleep(5);
        case "--silent" -> System.exit(0);
        case "--garbage" -> {
          write(arguments, "not JSON");
          System.exit(0);
        }
        default -> {}
      }
    }
    write(arguments, DESCRIPTION);
    for (var argument : arguments) {
      if (argument.startsWith("--meet=")) {
        meet(Path.of(argument.substring("--meet=".length())));
      }
    }
  }

  // Ends no sooner than another one has written as well
  private static void meet(Path folder) throws Exception {
    Files.createFile(folder.resolve(Long.toString(ProcessHandle.current().pid())));
    for (long there = 0; there < 2; ) {
      TimeUnit.MILLISECONDS.sleep(10);
      try (var files = Files.list(folder)) {
        there = files.count();
      }
    }
  }

  private static void write(String[] arguments, String text) throws Exception {
    for (var argument : arguments) {
      if (argument.startsWith("--myelin.describe=")) {
        Files.writeString(Path.of(argument.substring("--myelin.describe=".length())), text);
      }
    }
  }
}
