package dev.myelin.membership;

import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Resolves services by what pubsub pushes.
///
/// - It holds one subscription, for the services asked for so far; `*` stands for all. The first
///   question about another service subscribes anew, and until the answer is there everything known
///   stays as it is.
/// - Updates are applied in order. Where the hash shows a difference it asks for everything again.
/// - A version is acknowledged only when every reader can see it.
/// - Of several pubsubs it subscribes at the one that is its own choice, and at the next one where
///   that fails. While all are away the last known members stay; it reconnects with a jittered
///   backoff and resumes where it was.
/// - A process that starts while all are away knows nobody; until one has answered it may be told
///   by another source.
/// - Core services are not pubsub's to tell: they come from a [CoreDirectory], looked at each
///   second.
///
/// Thread-safe. Everything happens on two threads of its own; readers never wait for them.
public final class MembershipFeed implements Resolver, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MembershipFeed.class);
  private static final Duration CORE_REFRESH = Duration.ofSeconds(1);

  private final CoreDirectory core;
  private final SerialScheduler scheduler;
  private final FeedConnection connection;
  private final Acknowledger acknowledger;
  private final Map<String, ServiceView> pushed = new ConcurrentHashMap<>();
  private final Map<String, ServiceView> looked = new ConcurrentHashMap<>();
  private final List<Runnable> connectionListeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean answered;
  private volatile @Nullable SerialScheduler asking;

  /// Creates one, which subscribes to nothing before it is started.
  ///
  /// @param subscriber id of this process, or one of its own for a second feed in a process
  /// @param pubsubs where to subscribe; first asked when started
  /// @param core where the core services are
  public MembershipFeed(InstanceId subscriber, PubSubs pubsubs, CoreDirectory core) {
    this(
        subscriber,
        pubsubs,
        core,
        SerialScheduler.onThread("myelin-membership"),
        SerialScheduler.onThread("myelin-membership-acknowledge"),
        RandomGenerator.getDefault());
  }

  /// Creates one on given schedulers, which it closes with itself.
  ///
  /// @param subscriber id of this process
  /// @param pubsubs where to subscribe
  /// @param core where the core services are
  /// @param scheduler where updates are applied and listeners called
  /// @param acknowledging where acknowledgements wait for their replies
  /// @param random spreads reconnections
  public MembershipFeed(
      InstanceId subscriber,
      PubSubs pubsubs,
      CoreDirectory core,
      SerialScheduler scheduler,
      SerialScheduler acknowledging,
      RandomGenerator random) {
    this.core = core;
    this.scheduler = scheduler;
    this.connection = new FeedConnection(subscriber, pubsubs, scheduler, new Views(), random);
    this.acknowledger = new Acknowledger(subscriber, connection::connectedTo, acknowledging);
  }

  /// Subscribes, even if no service has been asked for: the connection itself says whether pubsub
  /// is there. Returns at once; without effect the second time.
  public void start() {
    started = true;
    scheduler.execute(this::subscribe);
  }

  /// Takes members from another source until pubsub has answered for the first time, once a second.
  /// What pubsub says then replaces them.
  ///
  /// @param source instances of a service, by its name; may block, and is asked on a thread of its
  ///   own
  public void meanwhile(Function<String, List<Instance>> source) {
    meanwhile(source, SerialScheduler.onThread("myelin-membership-meanwhile"));
  }

  void meanwhile(Function<String, List<Instance>> source, SerialScheduler where) {
    asking = where;
    where.repeat(
        CORE_REFRESH,
        () -> {
          if (answered) {
            where.close();
            return;
          }
          pushed.forEach((service, view) -> {
            var found = source.apply(service);
            scheduler.execute(() -> stand(service, view, found));
          });
        });
  }

  private void stand(String service, ServiceView view, List<Instance> found) {
    if (!answered && !found.isEmpty()) {
      if (view.snapshot().members().isEmpty()) {
        log.warn(
            "Pubsub has not answered yet: instances={} of service={} are taken from elsewhere",
            found.size(),
            service);
      }
      view.publish(serving(found));
    }
  }

  /// Calls a listener whenever a connection to pubsub is made that is the first one, follows a lost
  /// one, or leads to a membership log without the history of the last. Called from the feed's
  /// thread; must not block.
  ///
  /// @param listener what to call
  public void onConnected(Runnable listener) {
    connectionListeners.add(listener);
  }

  @Override
  public Snapshot snapshot(String service) {
    return view(service).snapshot();
  }

  @Override
  public Snapshot awaitChange(String service, Snapshot known, Duration limit)
      throws InterruptedException {
    return view(service).awaitChange(known, limit);
  }

  @Override
  public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
    var view = view(service);
    scheduler.execute(() -> view.add(listener));
    return () -> scheduler.execute(() -> view.remove(listener));
  }

  /// Ends the subscription; what is known stays readable. Returns at once.
  @Override
  public void close() {
    var other = asking;
    if (other != null) {
      other.close();
    }
    scheduler.execute(() -> {
      connection.close();
      acknowledger.close();
      scheduler.close();
    });
  }

  private ServiceView view(String service) {
    return service.startsWith(ServiceNames.RESERVED_PREFIX)
        ? coreView(service)
        : pushedView(service);
  }

  private ServiceView pushedView(String service) {
    var known = pushed.get(service);
    if (known != null) {
      return known;
    }
    var created = new ServiceView();
    var raced = pushed.putIfAbsent(service, created);
    if (raced != null) {
      return raced;
    }
    scheduler.execute(this::subscribe);
    return created;
  }

  private ServiceView coreView(String service) {
    var view = looked.computeIfAbsent(service, this::firstLook);
    if (!looking.getAndSet(true)) {
      scheduler.repeat(CORE_REFRESH, () -> looked.forEach(this::look));
    }
    return view;
  }

  private ServiceView firstLook(String service) {
    var view = new ServiceView();
    look(service, view);
    return view;
  }

  private void look(String service, ServiceView view) {
    view.publish(serving(core.instances(service)));
  }

  private static List<Member> serving(List<Instance> instances) {
    return instances.stream()
        .map(process -> new Member(process, InstanceState.SERVING))
        .sorted((one, other) -> one.instance().id().compareTo(other.instance().id()))
        .toList();
  }

  private void subscribe() {
    if (started) {
      connection.want(Set.copyOf(pushed.keySet()));
    }
  }

  /// What the connection brings, made visible.
  private final class Views implements FeedConnection.Receiver {

    @Override
    public void applied(
        AppliedMembership membership, MembershipUpdate update, Predicate<String> affected) {
      answered = true;
      pushed.forEach((service, view) -> {
        if (affected.test(service)) {
          view.publish(membership.of(service));
        }
      });
      acknowledger.acknowledge(update.version());
    }

    @Override
    public void connected() {
      for (var listener : connectionListeners) {
        try {
          listener.run();
        } catch (RuntimeException e) {
          log.warn("A listener of the connection to pubsub failed", e);
        }
      }
    }

    @Override
    public void lost() {
      acknowledger.forget();
    }
  }
}
