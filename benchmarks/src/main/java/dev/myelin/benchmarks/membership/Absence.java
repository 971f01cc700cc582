package dev.myelin.benchmarks.membership;

import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.basket.SummingPriceList;
import dev.myelin.benchmarks.myelin.FeedClients;
import dev.myelin.benchmarks.myelin.Instances;
import dev.myelin.benchmarks.myelin.PriceListBean;
import dev.myelin.benchmarks.myelin.PriceListService;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.FolderCoreDirectory;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// C5: calls while no core service is there.
public final class Absence {

  private static final int CALLERS = 8;
  private static final Duration BETWEEN = Duration.ofMillis(16);

  private Absence() {}

  /// Makes it.
  ///
  /// @param starter starts the pubsub that is killed
  /// @param folder of its cluster
  /// @param time how long it stays away
  /// @param seed of the orders
  /// @return the line of the report
  public static String run(PubSubStarter starter, Path folder, Duration time, long seed)
      throws Exception {
    var directory = new FolderCoreDirectory(new ClusterFolder(folder), System::nanoTime);
    var bean = new PriceListBean(new SummingPriceList());
    try (var pubsub = starter.start("core-1", folder);
        var instances = Instances.open(PriceListService.class, List.of(bean, bean));
        var clients = new FeedClients(directory)) {
      await(() -> !directory.instances(ServiceNames.PUBSUB).isEmpty());
      register(clients, directory, instances.endpoints());
      var feed = clients.open("shop-1", seed);
      feed.snapshot("price-list");
      feed.start();
      await(() -> feed.snapshot("price-list").members().size() == 2);
      var caller = clients.caller(PriceListService.class, feed);
      pubsub.kill();
      return call(caller, time, seed);
    }
  }

  private static void register(
      FeedClients clients, FolderCoreDirectory directory, List<Endpoint> endpoints) {
    PubSub pubsub = clients.at(directory.instances(ServiceNames.PUBSUB).getFirst().endpoint());
    for (var endpoint : endpoints) {
      pubsub.register(
          new Instance(
              new InstanceId("price-list-" + endpoint.port()),
              List.of("price-list"),
              endpoint,
              null,
              new Instance.ProcessIdentity(
                  Role.INSTANCE, ProcessHandle.current().pid(), "build", Instant.EPOCH)));
    }
  }

  private static void await(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static String call(PriceListService caller, Duration time, long seed)
      throws InterruptedException {
    var made = new LongAdder();
    var failed = new LongAdder();
    var orders = Orders.of(seed);
    long end = System.nanoTime() + time.toNanos();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < CALLERS; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int at = 0; System.nanoTime() - end < 0; at++) {
              made.increment();
              try {
                var _ = caller.price(orders.at(at % Orders.COUNT).basket());
              } catch (RuntimeException _) {
                failed.increment();
              }
              LockSupport.parkNanos(BETWEEN.toNanos());
            }
          }));
    }
    for (var thread : threads) {
      thread.join();
    }
    boolean met = failed.sum() == 0 && time.compareTo(Duration.ofMinutes(10)) >= 0;
    var verdict = failed.sum() > 0 ? "  MISSED  " : met ? "  met     " : "  short   ";
    return verdict
        + String.format(
            Locale.ROOT,
            "C5 all core services gone for %d s under load: %d of %d calls failed (goal: 0 in 600 s;"
                + " --away=600 runs it in full)",
            time.toSeconds(),
            failed.sum(),
            made.sum());
  }
}
