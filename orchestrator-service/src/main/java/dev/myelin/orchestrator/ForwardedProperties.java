package dev.myelin.orchestrator;

import dev.myelin.orchestrator.deploy.JavaCommand;
import dev.myelin.orchestrator.deploy.ProcessVariables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The properties of this process that concern the application.
///
/// They travel in `SPRING_APPLICATION_JSON`, above everything but the application's arguments:
/// passwords may be among them, and a command line can be read by every user of the host. One
/// variable a property would not do: names like that of a bundle lose their case and their hyphens
/// there. Variables of the environment are left out, because processes inherit them.
final class ForwardedProperties {

  private static final String JSON = "SPRING_APPLICATION_JSON";
  private static final TypeReference<LinkedHashMap<String, Object>> PROPERTIES =
      new TypeReference<>() {};

  private ForwardedProperties() {}

  /// Collects them; what the application is given as an argument wins and is left out.
  ///
  /// @param inherited variables of this process; what its own JSON holds is kept
  static ProcessVariables of(
      Environment environment, LaunchProperties launch, Map<String, String> inherited) {
    var forwarded = collect(environment, launch);
    if (forwarded.isEmpty()) {
      return ProcessVariables.NONE;
    }
    var json = JsonMapper.shared();
    var own = inherited.getOrDefault(JSON, "{}");
    var all = json.readValue(own, PROPERTIES);
    // behind what is there, so that they win where both say the same in another form
    forwarded.forEach((name, value) -> {
      all.remove(written(name));
      all.put(written(name), value);
    });
    return new ProcessVariables(Map.of(JSON, json.writeValueAsString(all)));
  }

  /// As it was written: its own text form would change the case of a bundle's name.
  private static String written(ConfigurationPropertyName name) {
    var text = new StringBuilder();
    for (int i = 0; i < name.getNumberOfElements(); i++) {
      var element = name.getElement(i, Form.ORIGINAL);
      if (name.chop(i + 1).isLastElementIndexed()) {
        text.append('[').append(element).append(']');
      } else {
        text.append(i == 0 ? "" : ".").append(element);
      }
    }
    return text.toString();
  }

  private static Map<ConfigurationPropertyName, String> collect(
      Environment environment, LaunchProperties launch) {
    var prefixes = prefixes(environment, launch);
    var given =
        launch.arguments().stream()
            .flatMap(argument -> JavaCommand.optionName(argument).stream())
            .map(name -> ConfigurationPropertyName.adapt(name, '.'))
            .toList();
    var forwarded = new LinkedHashMap<ConfigurationPropertyName, String>();
    for (var source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable
          && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
        iterable.stream()
            .filter(name -> !given.contains(name))
            .filter(name -> prefixes.stream().anyMatch(prefix -> covers(prefix, name)))
            .forEach(
                name -> forwarded.computeIfAbsent(name, _ -> value(source, name, environment)));
      }
    }
    return forwarded;
  }

  /// Those that are given, and the one SSL bundle that calls are secured by: others, like that of
  /// the gateway's HTTPS, are no business of the application's.
  private static List<ConfigurationPropertyName> prefixes(
      Environment environment, LaunchProperties launch) {
    var prefixes =
        new ArrayList<>(launch.forward().stream().map(ConfigurationPropertyName::of).toList());
    var bundle = environment.getProperty("myelin.ssl.bundle", "");
    if (!bundle.isBlank()) {
      prefixes.add(ConfigurationPropertyName.of("spring.ssl.bundle.watch"));
      for (var kind : List.of("spring.ssl.bundle.pem", "spring.ssl.bundle.jks")) {
        prefixes.add(ConfigurationPropertyName.adapt(kind + "." + bundle, '.'));
        prefixes.add(ConfigurationPropertyName.of(kind).append("[" + bundle + "]"));
      }
    }
    return prefixes;
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
