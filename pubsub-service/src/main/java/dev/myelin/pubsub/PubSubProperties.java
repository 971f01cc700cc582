package dev.myelin.pubsub;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How pubsub keeps and pushes the membership.
///
/// @param retention changes kept in memory for subscribers that resume, at least 1
/// @param backlog changes a subscriber may be behind before it gets a snapshot instead of a delta,
///   at least 1
@ConfigurationProperties("myelin.core.pubsub")
record PubSubProperties(@DefaultValue("4096") int retention, @DefaultValue("256") int backlog) {

  PubSubProperties {
    require("retention", retention);
    require("backlog", backlog);
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "myelin.core.pubsub.%s is %d but must be at least 1".formatted(name, value));
    }
  }
}
