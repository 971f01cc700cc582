package dev.myelin.benchmarks.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Where processes go that an orchestrator starts: each to a host, by what it hosts, in turn.
///
/// An orchestrator starts processes through the `setsid` that it finds on its path. Here that is a
/// program which enters the host's namespace first; the process keeps its id, as with the system's
/// own.
final class Placement {

  private static final String PROGRAM =
      """
      #!/bin/sh
      # Starts a command in a session of its own, on one of the hosts for what it hosts
      here='HERE'
      what=
      for argument in "$@"; do
        case "$argument" in
          --myelin.core.member=true) what=core ;;
          --myelin.hosts=) what=front ;;
          --myelin.hosts=*) what="${argument#*=}" ;;
        esac
      done
      if [ -z "$what" ] || [ ! -f "$here/$what" ]; then
        exec 'SETSID' "$@"
      fi
      line=$(flock "$here/lock" sh -c '
        turn=$(cat "$1.turn" 2>/dev/null || echo 0)
        echo $((turn + 1)) >"$1.turn"
        sed -n "$((turn % $(wc -l <"$1") + 1))p" "$1"' turn "$here/$what")
      MYELIN_BINDADDRESS="${line#* }"
      export MYELIN_BINDADDRESS
      exec 'SETSID' ip netns exec "${line%% *}" "$@"
      """;

  private final Path folder;
  private final String home;

  /// Writes it down.
  ///
  /// @param folder an empty one
  /// @param home address of processes that are started elsewhere
  /// @param hosts of services, of `front` and of `core`; what is not among them stays at home
  Placement(Path folder, String home, Map<String, List<Host>> hosts) throws IOException {
    this.folder = folder;
    this.home = home;
    for (var each : hosts.entrySet()) {
      var lines =
          each.getValue().stream()
              .map(host -> host.namespace() + " " + host.address() + "\n")
              .collect(Collectors.joining());
      Files.writeString(folder.resolve(each.getKey()), lines);
    }
    var own = system("setsid").toString();
    var program =
        Files.writeString(
            folder.resolve("setsid"),
            PROGRAM.replace("HERE", folder.toString()).replace("SETSID", own));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path system(String program) throws IOException {
    for (var folder : path().split(":", -1)) {
      var found = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(found)) {
        return found;
      }
    }
    throw new IOException(
        "There is no '%s' on the path; apt-get install -y util-linux".formatted(program));
  }

  private static String path() {
    return System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
  }

  /// What the first process of a cluster finds in its environment.
  Map<String, String> variables() {
    return Map.of("PATH", folder + ":" + path(), "MYELIN_BINDADDRESS", home);
  }
}
