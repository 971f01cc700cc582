package dev.myelin.charts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks a Service at its own address, which reaches a cluster on this machine without its API.
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private Http() {}

  /// An answer's body.
  ///
  /// @throws IOException if there is none, or its status is another than 200
  static String get(String uri) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(30)).build();
    var answer = CLIENT.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("%d %s".formatted(answer.statusCode(), answer.body()));
    }
    return answer.body();
  }
}
