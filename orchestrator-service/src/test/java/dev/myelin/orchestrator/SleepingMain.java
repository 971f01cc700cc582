package dev.myelin.orchestrator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Behaves like an application with one service, as far as its processes go; packed into a jar by
/// tests.
final class SleepingMain {

  private static final String DESCRIPTION =
      """
      {
        "application": "shop",
        "build": "b1",
        "services": [
          {
            "name": "price-list",
            "type": "shop.PriceList",
            "attributes": {
              "external": true,
              "stateful": false,
              "mode": "SYNC",
              "scaling": {
                "minInstances": 1, "maxInstances": 2,
                "highWatermark": 0.8, "lowWatermark": 0.3, "concurrency": 4
              },
              "placement": {
                "singleCore": false, "cost": 1.0, "preferredHosts": [],
                "kind": "DEPLOYMENT", "sidecars": []
              }
            },
            "operations": []
          }
        ]
      }
      """;

  private SleepingMain() {}

  public static void main(String[] arguments) throws Exception {
    for (var argument : arguments) {
      if (argument.startsWith("--myelin.describe=")) {
        Files.writeString(Path.of(argument.substring("--myelin.describe=".length())), DESCRIPTION);
        return;
      }
    }
    System.out.println(
        "running with %s and %s"
            .formatted(String.join(" ", arguments), System.getenv("SPRING_APPLICATION_JSON")));
    TimeUnit.MINUTES.sleep(5);
  }
}
