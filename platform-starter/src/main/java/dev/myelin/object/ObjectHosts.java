package dev.myelin.object;

import dev.myelin.client.CallInvoker;
import dev.myelin.client.OperationCalls;
import dev.myelin.contract.Memoized;
import dev.myelin.storage.ObjectStore;
import dev.myelin.wire.codec.Codec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The types whose objects run in this process, and the way to the others. Thread-safe.
public final class ObjectHosts {

  private final Predicate<String> hosted;
  private final Supplier<OperationCalls> elsewhere;
  private final Supplier<Codec> codec;
  private final Supplier<Parts> parts;
  private final Map<ObjectType, ObjectHost> hosts = new ConcurrentHashMap<>();

  private ObjectHosts(
      Predicate<String> hosted,
      Supplier<OperationCalls> elsewhere,
      Supplier<Codec> codec,
      Supplier<Parts> parts) {
    this.hosted = hosted;
    this.elsewhere = elsewhere;
    this.codec = codec;
    this.parts = parts;
  }

  /// What hosts are made of, each asked for when it is first needed.
  ///
  /// @param store where the objects are
  /// @param references makes stand-ins
  /// @param space what [Objects] is while an operation runs
  /// @param codec carries arguments and results
  /// @param elsewhere calls services that are not hosted here
  public record Sources(
      Supplier<ObjectStore> store,
      Supplier<ObjectReferences> references,
      Supplier<ObjectSpace> space,
      Supplier<Codec> codec,
      Supplier<OperationCalls> elsewhere) {}

  /// Creates them.
  ///
  /// @param hosted whether a service of a given name is hosted here
  /// @param settings limits
  /// @param sources what hosts are made of
  public static ObjectHosts of(Predicate<String> hosted, ObjectSettings settings, Sources sources) {
    var parts =
        Memoized.of(() ->
            new Parts(
                sources.store(),
                StateMapper.of(sources.references().get()),
                settings,
                sources.space().get(),
                System::nanoTime));
    return new ObjectHosts(hosted, sources.elsewhere(), sources.codec(), parts);
  }

  /// What runs the objects of a type that is hosted here.
  ///
  /// @param type the type
  public ObjectHost host(ObjectType type) {
    return hosts.computeIfAbsent(type, each -> new ObjectHost(each, parts.get()));
  }

  /// What calls the operations of a type's service, here or elsewhere.
  ///
  /// @param type the type
  public CallInvoker invoker(ObjectType type) {
    return hosted.test(type.name())
        ? new LocalCalls(type.service(), host(type), codec.get())
        : elsewhere.get().invoker(type.service());
  }
}
