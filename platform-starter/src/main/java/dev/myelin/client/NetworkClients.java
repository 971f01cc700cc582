package dev.myelin.client;

import dev.myelin.Strategy;
import dev.myelin.client.pick.Roster;
import dev.myelin.contract.ServiceContract;
import dev.myelin.membership.Resolver;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.transport.Sweeper;
import dev.myelin.transport.Transport;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Frame;
import dev.myelin.wire.InstanceId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Calls over a [Transport].
public final class NetworkClients implements ServiceClients, OperationCalls, JsonCalls {

  private final StandInFactory standIns;
  private final Supplier<Resolver> resolver;
  private final CallFormats formats;
  private final ClientSettings settings;
  private final CallCounters counters;
  private final CallSurroundings surroundings;
  private final Absence absence;
  private final Channels channels;
  private final Map<String, BalancedTarget> targets = new ConcurrentHashMap<>();
  private final Map<String, CallLoop> jsonLoops = new ConcurrentHashMap<>();

  /// Connects nothing yet.
  ///
  /// @param wiring what calls travel through
  /// @param standIns makes the objects that are called
  /// @param resolver finds instances; asked for at the first balanced call, since the membership
  ///   itself is fed through calls
  /// @param formats of arguments, results and exceptions
  /// @param settings limits
  /// @param counters counts the calls
  public NetworkClients(
      Wiring wiring,
      StandInFactory standIns,
      Supplier<Resolver> resolver,
      CallFormats formats,
      ClientSettings settings,
      CallCounters counters) {
    this.standIns = standIns;
    this.resolver = resolver;
    this.formats = formats;
    this.settings = settings;
    this.counters = counters;
    this.surroundings = wiring.surroundings();
    this.absence = wiring.absence();
    this.channels = new Channels(wiring.transport(), wiring.hello(), settings, wiring.sweeper());
  }

  /// What calls travel through.
  ///
  /// @param transport carries the frames
  /// @param hello what to say to each peer
  /// @param sweeper ends calls at their deadlines
  /// @param surroundings of each call
  /// @param absence is told of services without an instance
  public record Wiring(
      Transport transport,
      Supplier<Frame.Hello> hello,
      Sweeper sweeper,
      CallSurroundings surroundings,
      Absence absence) {

    /// What calls travel through, where nobody could start an instance.
    ///
    /// @param transport carries the frames
    /// @param hello what to say to each peer
    /// @param sweeper ends calls at their deadlines
    /// @param surroundings of each call
    public Wiring(
        Transport transport,
        Supplier<Frame.Hello> hello,
        Sweeper sweeper,
        CallSurroundings surroundings) {
      this(transport, hello, sweeper, surroundings, Absence.UNNOTICED);
    }
  }

  @Override
  public Object standIn(ServiceContract contract) {
    return standIn(contract, balanced(contract.name()));
  }

  @Override
  public Object standIn(ServiceContract contract, Endpoint endpoint) {
    return standIn(contract, new FixedTarget(endpoint, budget()));
  }

  private Object standIn(ServiceContract contract, Target target) {
    var loop = loop(contract.name(), target);
    return standIns.create(contract, caller(contract, loop));
  }

  @Override
  public CallInvoker invoker(ServiceContract contract) {
    return caller(contract, loop(contract.name(), balanced(contract.name())));
  }

  private ServiceCaller caller(ServiceContract contract, CallLoop loop) {
    return new ServiceCaller(contract, loop, channels, formats, surroundings);
  }

  @Override
  public String call(JsonCall call) {
    var observation = surroundings.call(call.service(), operation(call));
    var context = surroundings.capture(observation);
    var loop = jsonLoops.computeIfAbsent(call.service(), name -> loop(name, balanced(name)));
    try {
      return String.valueOf(
          loop.run(new JsonRequest(call, formats.throwables(), context, observation)));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a JSON call throws no checked exception", e);
    }
  }

  private static String operation(JsonCall call) {
    int end = call.operation().indexOf('(');
    return end < 0 ? call.operation() : call.operation().substring(0, end);
  }

  private CallLoop loop(String service, Target target) {
    return new CallLoop(service, target, channels, settings, counters);
  }

  /// Chooses the instances of a service by another strategy from now on; calls that are under way
  /// stay where they are.
  ///
  /// @param service name of the service
  /// @param strategy how an instance is chosen
  public void use(String service, Strategy strategy) {
    balanced(service).use(chosenBy(service, strategy));
  }

  /// How the calls of a service are spread. Nothing is subscribed to before it is asked.
  ///
  /// @param service name of the service
  public Balance balance(String service) {
    return balanced(service);
  }

  /// The services that this process has stand-ins of, or was asked about, in order of their names.
  public List<Balance> balances() {
    return targets.values().stream()
        .sorted(Comparator.comparing(BalancedTarget::service))
        .<Balance>map(target -> target)
        .toList();
  }

  /// Instances that have not answered this process lately, in order of their ids; evidence for
  /// whoever judges their health. Never blocks and subscribes to nothing.
  public List<InstanceId> suspects() {
    return targets.values().stream()
        .flatMap(target -> target.suspects().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private BalancedTarget balanced(String service) {
    return targets.computeIfAbsent(service, this::target);
  }

  private BalancedTarget target(String service) {
    var roster =
        new Roster(service, settings.balance().ejection(), channels::promising, System::nanoTime);
    return new BalancedTarget(
        service,
        new BalancedTarget.Membership(resolver, absence),
        roster,
        budget(),
        chosenBy(service, settings.balance().of(service).strategy()));
  }

  private BalancedTarget.Use chosenBy(String service, Strategy strategy) {
    var balance = settings.balance().of(service);
    var pickers = settings.balance().pickers();
    return new BalancedTarget.Use(
        strategy, pickers.create(strategy, balance.hosts(), balance.threshold()));
  }

  private RetryBudget budget() {
    return new RetryBudget(settings.balance().budget(), System::nanoTime);
  }
}
