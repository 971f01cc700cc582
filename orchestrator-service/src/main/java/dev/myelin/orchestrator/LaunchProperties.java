package dev.myelin.orchestrator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What is run, and how.
///
/// @param app Path of the application's jar. Without it, myelin.app counts.
/// @param arguments Arguments passed to the application in every process.
/// @param forward Properties of this process, by prefix, that are passed to the application too, by
///   its environment, where other users of the host cannot read them. The SSL bundle that
///   myelin.ssl.bundle names is always passed.
/// @param jvmOptions Options of the application's JVMs. The default is small: a garbage collector
///   without threads of its own and up to 256 MB, with the optimizing compiler left on.
/// @param echo Whether what processes print is shown here too, each line with the process's id.
/// @param startTimeout Time a process has for its start-up; it is killed and replaced after it.
@ConfigurationProperties("myelin.core")
public record LaunchProperties(
    @Nullable String app,
    @DefaultValue List<String> arguments,
    @DefaultValue({"myelin.services", "myelin.orphan-timeout", "myelin.ssl"}) List<String> forward,
    @DefaultValue({
          "-Xms32m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow"
        })
        List<String> jvmOptions,
    @DefaultValue("true") boolean echo,
    @DefaultValue("90s") Duration startTimeout) {

  /// Copies the lists and checks the limit.
  public LaunchProperties {
    arguments = List.copyOf(arguments);
    forward = List.copyOf(forward);
    jvmOptions = List.copyOf(jvmOptions);
    Limits.positive("myelin.core.start-timeout", startTimeout);
  }
}
