package dev.myelin.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every property that the charts set is one of those that the modules describe.
final class PropertiesTests {

  private static final Pattern ARGUMENT = Pattern.compile("--(myelin\\.[a-z.-]+)");
  private static final Pattern VARIABLE = Pattern.compile("name: \"?(MYELIN_[A-Z_]+)");

  /// Values that switch on everything that sets a property.
  private static final Map<String, String> EVERYTHING =
      Map.of(
          "nats.bundled", "true",
          "gateway.expose[0]", "Ingress",
          "gateway.tunnel.enabled", "true",
          "tls.calls.secretName", "a",
          "tls.gateway.secretName", "b");

  @Test
  void everyPropertyOfAFileIsDescribed() throws IOException {
    var known = names();

    var used = new HashSet<String>();
    for (var chart : Chart.all()) {
      var texts = new ArrayList<>(chart.renderings().values());
      texts.add(
          chart.render(
              chart.equals(Chart.MYELIN) ? EVERYTHING : Map.of("tls.calls.secretName", "a")));
      texts.forEach(text -> used.addAll(propertiesOfFiles(text)));
    }

    assertThat(used)
        .contains(
            "myelin.mode",
            "myelin.core.address",
            "myelin.pubsub.nats.servers",
            "myelin.core.expose.kinds");
    assertThat(used)
        .filteredOn(property -> !property.startsWith("spring.ssl.bundle.pem."))
        .allSatisfy(property -> assertThat(known).contains(property));
  }

  @Test
  void everyVariableOfTheEnvironmentIsDescribed() throws IOException {
    var known = names().stream().map(PropertiesTests::variable).toList();

    assertThat(matches(VARIABLE)).isNotEmpty().allSatisfy(used -> assertThat(known).contains(used));
  }

  @Test
  void everyArgumentIsDescribed() throws IOException {
    var known = names();

    assertThat(matches(ARGUMENT)).isNotEmpty().allSatisfy(used -> assertThat(known).contains(used));
  }

  private static Set<String> matches(Pattern pattern) {
    return Chart.all().stream()
        .flatMap(chart -> chart.renderings().values().stream())
        .flatMap(text -> pattern.matcher(text).results())
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static String variable(String property) {
    return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static Set<String> propertiesOfFiles(String manifests) {
    var found = new HashSet<String>();
    for (var resource : Manifests.of(manifests).resources()) {
      if (resource instanceof ConfigMap map && map.getData().containsKey("application.yaml")) {
        Yaml.documents(map.getData().get("application.yaml"))
            .forEach(document -> flatten("", document, found));
      }
    }
    return found;
  }

  private static void flatten(String path, Object node, Set<String> found) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> flatten(path.isEmpty() ? "" + key : path + "." + key, value, found));
    } else if (node != null) {
      found.add(path);
    }
  }

  private static Set<String> names() throws IOException {
    var names = new HashSet<String>();
    var files =
        List.of(
            "META-INF/spring-configuration-metadata.json",
            "META-INF/additional-spring-configuration-metadata.json");
    for (var file : files) {
      for (var url : PropertiesTests.class.getClassLoader().resources(file).toList()) {
        try (var stream = url.openStream()) {
          var described = new ObjectMapper().readTree(stream).path("properties");
          described.forEach(each -> names.add(each.path("name").asText()));
        }
      }
    }
    return names;
  }
}
