package dev.myelin.benchmarks.health;

import dev.myelin.benchmarks.myelin.Instances;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.stethoscope.vitals.Measures;
import dev.myelin.stethoscope.vitals.SelfDoubt;
import dev.myelin.stethoscope.vitals.Thresholds;
import dev.myelin.stethoscope.vitals.Ward;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Role;
import dev.myelin.wire.Stethoscope;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// A stethoscope in a process of its own, which says every few seconds what hearing costs it.
public final class HeardProcess {

  /// Time from one line to the next.
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Thresholds THRESHOLDS =
      new Thresholds(
          new Thresholds.Quarantine(
              Duration.ofMillis(1_200),
              Duration.ofMillis(2_100),
              Duration.ofSeconds(1),
              Duration.ofMillis(150)),
          new Thresholds.Flagging(Duration.ofSeconds(10), Duration.ofSeconds(20)),
          Duration.ofSeconds(1));

  private final LongAdder beats = new LongAdder();
  private final AtomicInteger quarantines = new AtomicInteger();
  private long cpuBefore;
  private long wallBefore;
  private long beatsBefore;

  private HeardProcess() {}

  /// Opens it and says where it listens; then goes on in the background.
  ///
  /// @param instances how many members there are
  /// @param out takes the lines
  public static void run(int instances, PrintStream out) throws IOException {
    new HeardProcess().open(instances, out);
  }

  static InstanceId id(int number) {
    return new InstanceId("i-%05d".formatted(number));
  }

  private void open(int instances, PrintStream out) throws IOException {
    var scheduler = SerialScheduler.onThread("myelin-stethoscope");
    var ward =
        new Ward(new InstanceId("core-1"), THRESHOLDS, new Counted(), scheduler, new SelfDoubt());
    ward.watch(IntStream.range(0, instances).mapToObj(HeardProcess::member).toList());
    var served = Instances.open(Stethoscope.class, List.of(new Hearing(ward)));
    out.println("port=" + served.endpoints().getFirst().port());
    out.flush();
    scheduler.repeat(Ward.ROUND, ward::round);
    scheduler.repeat(INTERVAL, () -> say(out));
  }

  private static Member member(int number) {
    return new Member(
        new Instance(
            id(number),
            List.of("a"),
            new Endpoint("127.0.0.1", 1 + number % 60_000),
            null,
            new Instance.ProcessIdentity(Role.INSTANCE, 1, "build", Instant.EPOCH)),
        InstanceState.SERVING);
  }

  private void say(PrintStream out) {
    long cpu = cpu();
    long wall = System.nanoTime();
    long heard = beats.sum();
    double seconds = (wall - wallBefore) / 1e9;
    out.println(
        "%.0f,%.3f,%d,%d"
            .formatted(
                (heard - beatsBefore) / seconds,
                (cpu - cpuBefore) / 1e9 / seconds,
                residentMegabytes(),
                quarantines.get()));
    out.flush();
    cpuBefore = cpu;
    wallBefore = wall;
    beatsBefore = heard;
  }

  private static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static long residentMegabytes() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1_024)
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return 0;
    }
  }

  private final class Hearing implements Stethoscope {

    private final Ward ward;

    Hearing(Ward ward) {
      this.ward = ward;
    }

    @Override
    public void beat(Heartbeat heartbeat) {
      beats.increment();
      ward.beat(heartbeat);
    }

    @Override
    public List<Reading> readings() {
      return ward.readings();
    }

    @Override
    public Opinion opinion(Instance instance) {
      return Opinion.without(Opinion.Finding.UNSURE);
    }

    @Override
    public boolean listening() {
      return true;
    }
  }

  /// Nobody can be asked: the instances are those that a load process speaks for.
  private final class Counted implements Measures {

    @Override
    public CompletableFuture<Heartbeat> ask(Instance instance) {
      return CompletableFuture.failedFuture(new IllegalStateException("not there"));
    }

    @Override
    public CompletableFuture<Opinion> consult(Instance second, Instance instance) {
      return CompletableFuture.failedFuture(new IllegalStateException("not there"));
    }

    @Override
    public CompletableFuture<Boolean> probe(Instance colleague) {
      return CompletableFuture.failedFuture(new IllegalStateException("not there"));
    }

    @Override
    public void quarantine(InstanceId id, String reason) {
      quarantines.incrementAndGet();
    }

    @Override
    public void release(InstanceId id, String reason) {}

    @Override
    public CompletableFuture<Flag.Answer> flag(Flag flag) {
      return CompletableFuture.completedFuture(new Flag.Answer(false, "measured only"));
    }

    @Override
    public void forget(InstanceId id) {}
  }
}
