package dev.myelin.orchestrator.kubernetes.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings.Gateway;
import dev.myelin.orchestrator.kubernetes.resource.ExposeSpec;
import org.jspecify.annotations.Nullable;

/// What each kind of route says; trees, because the API's classes know only one of the kinds.
final class RouteTrees {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int ALL = 100;

  private final Gateway gateway;

  RouteTrees(Gateway gateway) {
    this.gateway = gateway;
  }

  /// What is asked for.
  ///
  /// @param expose as in the resource
  /// @param path what paths from outside begin with
  /// @param rewritten what the gateway is to see instead; absent where it is the same
  record Target(ExposeSpec expose, String path, @Nullable String rewritten) {

    @Nullable String host() {
      var host = expose.host();
      return host == null || host.isBlank() ? null : host;
    }
  }

  ObjectNode empty() {
    return JSON.objectNode();
  }

  ObjectNode spec(RouteKind kind, Target target) {
    return switch (kind) {
      case INGRESS -> ingress(target);
      case ROUTE -> route(target);
      case HTTP_ROUTE -> httpRoute(target);
    };
  }

  private ObjectNode ingress(Target target) {
    var asked = target.expose().ingress();
    var spec = JSON.objectNode();
    if (asked != null && given(asked.className())) {
      spec.put("ingressClassName", asked.className());
    }
    if (asked != null && given(asked.tlsSecret())) {
      var tls = JSON.objectNode().put("secretName", asked.tlsSecret());
      if (target.host() != null) {
        tls.set("hosts", list(JSON.textNode(target.host())));
      }
      spec.set("tls", list(tls));
    }
    var port = JSON.objectNode().put("number", gateway.port());
    var service = JSON.objectNode().put("name", gateway.service()).set("port", port);
    var path = JSON.objectNode().put("path", target.path()).put("pathType", "Prefix");
    path.set("backend", JSON.objectNode().set("service", service));
    var rule = JSON.objectNode();
    if (target.host() != null) {
      rule.put("host", target.host());
    }
    rule.set("http", JSON.objectNode().set("paths", list(path)));
    spec.set("rules", list(rule));
    return spec;
  }

  // A certificate that is shown on the way in is not the gateway's own: edge, or once more behind
  private ObjectNode route(Target target) {
    var spec = JSON.objectNode();
    if (target.host() != null) {
      spec.put("host", target.host());
    }
    spec.put("path", target.path());
    spec.set(
        "to",
        JSON.objectNode().put("kind", "Service").put("name", gateway.service()).put("weight", ALL));
    spec.set("port", JSON.objectNode().put("targetPort", gateway.secure() ? "https" : "http"));
    var asked = target.expose().route();
    var termination = asked == null ? null : asked.termination();
    if (termination == null) {
      termination = gateway.secure() ? "reencrypt" : "edge";
    }
    if (!termination.isBlank()) {
      spec.set(
          "tls",
          JSON.objectNode()
              .put("termination", termination)
              .put("insecureEdgeTerminationPolicy", "Redirect"));
    }
    return spec;
  }

  private ObjectNode httpRoute(Target target) {
    var asked = target.expose().httpRoute();
    var spec = JSON.objectNode();
    var parents = JSON.arrayNode();
    if (asked != null) {
      asked.parentRefs().forEach(parent -> parents.add(new POJONode(parent)));
    }
    spec.set("parentRefs", parents);
    if (target.host() != null) {
      spec.set("hostnames", list(JSON.textNode(target.host())));
    }
    var path = JSON.objectNode().put("type", "PathPrefix").put("value", target.path());
    var rule = JSON.objectNode();
    rule.set("matches", list(JSON.objectNode().set("path", path)));
    if (target.rewritten() != null) {
      rule.set("filters", list(rewrite(target.rewritten())));
    }
    rule.set(
        "backendRefs",
        list(JSON.objectNode().put("name", gateway.service()).put("port", gateway.port())));
    spec.set("rules", list(rule));
    return spec;
  }

  private static ObjectNode rewrite(String prefix) {
    var path =
        JSON.objectNode().put("type", "ReplacePrefixMatch").put("replacePrefixMatch", prefix);
    return JSON.objectNode()
        .put("type", "URLRewrite")
        .set("urlRewrite", JSON.objectNode().set("path", path));
  }

  private static boolean given(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  private static ArrayNode list(JsonNode element) {
    return JSON.arrayNode().add(element);
  }
}
