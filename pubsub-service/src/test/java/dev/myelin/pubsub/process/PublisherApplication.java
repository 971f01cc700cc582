package dev.myelin.pubsub.process;

import dev.myelin.EventBus;
import dev.myelin.pubsub.process.SubscriberApplication.Order;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/// A front that publishes.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PublisherApplication {

  @Bean
  Till till(EventBus bus) {
    return new Till(bus);
  }

  // snippet: publish
  /// Says what has been sold.
  static final class Till {

    private final EventBus bus;

    Till(EventBus bus) {
      this.bus = bus;
    }

    String sell(int number) {
      return bus.publish("orders", new Order(number)).id();
    }
  }
  // end snippet
}
