package dev.myelin.gateway;

import dev.myelin.RemoteCallException;
import dev.myelin.client.JsonCalls;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.object.CalledObjects;
import dev.myelin.object.ObjectHost;
import dev.myelin.object.ObjectHosts;
import dev.myelin.object.ObjectReferences;
import dev.myelin.object.ObjectSettings;
import dev.myelin.object.ObjectType;
import dev.myelin.object.ObjectTypes;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.memory.InMemoryObjectStore;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.codec.BinaryCodec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What hosts objects, called with JSON as the gateway calls an instance, without a network.
final class JsonObjectHost implements JsonCalls {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ObjectType type;
  private final ObjectHost host;
  private final List<String> keys = new CopyOnWriteArrayList<>();

  JsonObjectHost(Class<?> objects) {
    this.type = ObjectType.of(ServiceContracts.of(objects));
    var types = new ObjectTypes(List.of(type));
    var references =
        new ObjectReferences(
            types,
            _ -> {
              throw new UnsupportedOperationException("no object calls another here");
            });
    var store = new InMemoryObjectStore(ObjectLimits.DEFAULT);
    this.host =
        ObjectHosts.of(
                _ -> true,
                new ObjectSettings(10, Duration.ofSeconds(1), null),
                new ObjectHosts.Sources(
                    () -> store,
                    () -> references,
                    () -> new CalledObjects(types, references),
                    BinaryCodec::new,
                    () -> {
                      throw new UnsupportedOperationException("all is hosted here");
                    }))
            .host(type);
  }

  ApplicationDescription.Service description() {
    return ServiceContracts.describe(type.service());
  }

  /// The sticky keys of the calls so far; `-` for none.
  List<String> keys() {
    return keys;
  }

  @Override
  public String call(JsonCall call) {
    keys.add(Objects.requireNonNullElse(call.key(), "-"));
    var operation =
        type.service().operations().stream()
            .filter(each -> each.key().equals(call.operation()))
            .findFirst()
            .orElseThrow();
    try {
      return MAPPER.writeValueAsString(host.run(operation, arguments(operation, call.arguments())));
    } catch (Throwable e) {
      throw new RemoteCallException(e.getClass().getName(), e.getMessage(), e);
    }
  }

  private static @Nullable Object[] arguments(OperationContract operation, String json) {
    var tree = MAPPER.readTree(json);
    var values = new @Nullable Object[operation.parameters().size()];
    for (int i = 0; i < values.length; i++) {
      var parameter = operation.parameters().get(i);
      var node = tree.isArray() ? tree.get(i) : tree.get(parameter.name());
      values[i] = MAPPER.treeToValue(node, MAPPER.constructType(parameter.type()));
    }
    return values;
  }
}
