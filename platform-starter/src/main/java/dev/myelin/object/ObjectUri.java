package dev.myelin.object;

import dev.myelin.storage.ObjectKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// URIs of objects: `/objects/{type}/{id}`, the id percent-encoded.
final class ObjectUri {

  private static final String PREFIX = "/objects/";

  private ObjectUri() {}

  /// The URI of an object.
  static String of(ObjectKey key) {
    var id = URLEncoder.encode(key.id(), StandardCharsets.UTF_8).replace("+", "%20");
    return PREFIX + key.type() + "/" + id;
  }

  /// Reads what [#of] wrote.
  ///
  /// @throws IllegalArgumentException if it is no such URI
  static ObjectKey parse(String uri) {
    int end = uri.indexOf('/', PREFIX.length());
    if (!uri.startsWith(PREFIX) || end < 0 || uri.indexOf('/', end + 1) >= 0) {
      throw malformed(uri, null);
    }
    try {
      var id =
          URLDecoder.decode(uri.substring(end + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
      return new ObjectKey(uri.substring(PREFIX.length(), end), id);
    } catch (IllegalArgumentException e) {
      throw malformed(uri, e);
    }
  }

  private static IllegalArgumentException malformed(String uri, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'%s' is no URI of an object: expected '/objects/{type}/{id}'%s"
            .formatted(uri, cause == null ? "" : " (" + cause.getMessage() + ")"),
        cause);
  }
}
