package dev.myelin.pubsub.broker;

import dev.myelin.topic.broker.Broker;
import dev.myelin.topic.broker.DurableBrokerContractTests;
import dev.myelin.topic.broker.QueueBroker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerTests extends DurableBrokerContractTests {

  private static final Retention RETENTION = new Retention(Duration.ofDays(1), 1 << 24, 1 << 14);

  @TempDir private Path folder;
  private final List<Broker> brokers = new ArrayList<>();

  @BeforeEach
  void start() {
    brokers.add(
        new QueueBroker(
            new FolderTopicStore(folder, RETENTION, true, Clock.systemUTC()), System::nanoTime));
  }

  @Override
  protected Broker broker() {
    return brokers.getLast();
  }

  // the one before is left as it is, with whatever it has not written
  @Override
  protected void killAndRestart() {
    start();
  }

  @AfterEach
  void close() {
    brokers.forEach(Broker::close);
  }
}
