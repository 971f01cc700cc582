package dev.myelin.samples.primes.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Speaks to the cluster's gateway as a browser would.
final class ClusterClient {

  /// How far the count has come.
  ///
  /// @param chunksDone chunks counted
  /// @param chunks chunks in all
  /// @param primes primes found so far
  /// @param done whether nothing more will change
  record Progress(long chunksDone, long chunks, long primes, boolean done) {

    /// The part done, from 0 to 1.
    double fraction() {
      return (double) chunksDone / chunks;
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .proxy(HttpClient.Builder.NO_PROXY)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .build();

  /// Creates one.
  ///
  /// @param address where the gateway listens
  ClusterClient(URI address) {
    this.address = address;
  }

  /// Whether the front answers a question for which it has to call the service.
  boolean answersCalls() throws InterruptedException {
    try {
      var answer = send(HttpRequest.newBuilder(address.resolve("/primes?below=10")));
      return answer.statusCode() == 200 && Json.read(answer.body()).at("primes").number() == 4;
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }

  /// The instances and calls.
  ClusterState state() throws DemoFailure, InterruptedException {
    return ClusterState.of(ask("GET", "/-/cluster"));
  }

  /// Begins to count.
  ///
  /// @return the id of the count
  String begin(long below) throws DemoFailure, InterruptedException {
    return ask("POST", "/primes?below=" + below).at("job").text();
  }

  /// How far the count has come.
  ///
  /// @throws DemoFailure if the count failed
  Progress progress(String job) throws DemoFailure, InterruptedException {
    var json = ask("GET", "/primes/" + job);
    if (json.at("failed").truth()) {
      throw new DemoFailure("The count failed: " + json.at("error").text());
    }
    return new Progress(
        json.at("chunksDone").number(),
        json.at("chunks").number(),
        json.at("primes").number(),
        json.at("done").truth());
  }

  private Json ask(String method, String path) throws DemoFailure, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve(path)).method(method, BodyPublishers.noBody());
    try {
      var answer = send(request);
      if (answer.statusCode() >= 300) {
        throw new DemoFailure(
            "%s %s was answered by %d: %s"
                .formatted(method, path, answer.statusCode(), answer.body()));
      }
      return Json.read(answer.body());
    } catch (IOException | IllegalArgumentException failure) {
      throw new DemoFailure("%s %s failed: %s".formatted(method, path, failure), failure);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(PATIENCE).header("Accept", "application/json").build(),
        BodyHandlers.ofString());
  }
}
