package dev.myelin.kubernetes;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Writes down the rights that a client's requests need, as the rules of a Role name them: `verb
/// group/resource`, with nothing before the slash for the group of pods.
public final class UsedRights implements Interceptor {

  private static final Pattern RESOURCE =
      Pattern.compile("/(?:api|apis/([^/]+))/v[^/]+/namespaces/[^/]+/([a-z]+)(/[^/]+)?(/[a-z]+)?");

  private final Set<String> rights = ConcurrentHashMap.newKeySet();

  /// Those so far.
  public Set<String> rights() {
    return new TreeSet<>(rights);
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var matcher = RESOURCE.matcher(request.uri().getPath());
    if (!matcher.matches()) {
      return;
    }
    var group = Objects.requireNonNullElse(matcher.group(1), "");
    var resource = matcher.group(2) + Objects.requireNonNullElse(matcher.group(4), "");
    var query = Objects.requireNonNullElse(request.uri().getRawQuery(), "");
    var verb = verb(request.method(), matcher.group(3) != null, query);
    rights.add(verb + " " + group + "/" + resource);
    // what is applied and not there is created
    if (verb.equals("patch") && query.contains("fieldManager") && !resource.contains("/")) {
      rights.add("create " + group + "/" + resource);
    }
  }

  private static String verb(String method, boolean one, String query) {
    return switch (method) {
      case "GET" -> one ? "get" : query.contains("watch=true") ? "watch" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> method;
    };
  }
}
