package dev.myelin.autoconfigure;

import dev.myelin.contract.BuildHash;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;

/// Identifies what a process was built from: equal for all processes of one jar wherever it lies,
/// another one once a class, a resource or a dependency in it has changed. See [BuildHash].
final class BuildFingerprint {

  private BuildFingerprint() {}

  /// The fingerprint: a version, where there is one, and eight hexadecimal digits.
  ///
  /// @param version version of the application
  /// @param main a class of the application
  static String of(@Nullable String version, @Nullable Class<?> main) {
    var hash = System.getProperty(BuildHash.PROPERTY, "");
    if (hash.isEmpty()) {
      var source = new ApplicationHome(main).getSource();
      hash = source == null ? "00000000" : BuildHash.of(source);
    }
    return version == null || version.isBlank() ? hash : version + "-" + hash;
  }
}
