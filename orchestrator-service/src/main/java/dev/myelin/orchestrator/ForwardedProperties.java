package dev.myelin.orchestrator;

import dev.myelin.orchestrator.deploy.JavaCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// The arguments of an application: those given for it, and the properties of this process that
/// concern it.
///
/// Variables of the environment are left out: processes inherit them.
final class ForwardedArguments {

  private ForwardedArguments() {}

  /// Collects them; what is given explicitly wins.
  static List<String> of(Environment environment, LaunchProperties launch) {
    var prefixes = launch.forward().stream().map(ConfigurationPropertyName::of).toList();
    var given =
        launch.arguments().stream()
            .flatMap(argument -> JavaCommand.optionName(argument).stream())
            .map(name -> ConfigurationPropertyName.adapt(name, '.'))
            .toList();
    var forwarded = new LinkedHashMap<ConfigurationPropertyName, String>();
    for (var source : ConfigurationPropertySources.get(environment)) {
      for (var name : names(source)) {
        if (!given.contains(name) && prefixes.stream().anyMatch(prefix -> covers(prefix, name))) {
          forwarded.computeIfAbsent(name, _ -> value(source, name, environment));
        }
      }
    }
    var arguments = new ArrayList<>(launch.arguments());
    forwarded.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return arguments;
  }

  private static List<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
    return source instanceof IterableConfigurationPropertySource iterable
            && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)
        ? iterable.stream().toList()
        : List.of();
  }

  private static boolean covers(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
    return prefix.equals(name) || prefix.isAncestorOf(name);
  }

  private static String value(
      ConfigurationPropertySource source, ConfigurationPropertyName name, Environment environment) {
    var property = source.getConfigurationProperty(name);
    return property == null
        ? ""
        : environment.resolvePlaceholders(String.valueOf(property.getValue()));
  }
}
