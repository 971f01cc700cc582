package dev.myelin.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a run took place on: figures are comparable only where this is the same.
final class Machine {
  private static final List<String> LIBRARIES =
      List.of(
          "netty-common",
          "grpc-core",
          "protobuf-java",
          "dubbo",
          "hessian-lite",
          "spring-boot",
          "httpclient5",
          "spring-cloud-openfeign-core");

  private Machine() {}

  /// Returns two lines about the machine and the libraries.
  static String describe() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "Machine: %s, %d cores, %s %s, JDK %s (%s), load average before the run %.2f%nLibraries: %s%n",
        processor(),
        system.getAvailableProcessors(),
        system.getName(),
        system.getVersion(),
        Runtime.version(),
        System.getProperty("java.vendor"),
        system.getSystemLoadAverage(),
        libraries(System.getProperty("java.class.path")));
  }

  /// Names those of the measured libraries that are on a class path, with their versions.
  static String libraries(String classPath) {
    return LIBRARIES.stream()
        .flatMap(library ->
            Pattern.compile("[/\\\\]" + Pattern.quote(library) + "-(\\d[^/\\\\]*)\\.jar")
                .matcher(classPath)
                .results()
                .limit(1)
                .map(found -> library + " " + found.group(1)))
        .collect(Collectors.joining(", "));
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(Machine::architecture);
    } catch (IOException _) {
      return architecture();
    }
  }

  private static String architecture() {
    return System.getProperty("os.arch");
  }
}
