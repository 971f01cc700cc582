package dev.myelin.server;

import dev.myelin.contract.EarlierOperation;
import dev.myelin.wire.Frame;
import dev.myelin.wire.ServiceLoad;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.UncarriableTypeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hosted services, and their operations by the numbers under which a hello offers them. Fixed
/// once made.
final class OperationTable {

  private static final Logger LOG = LoggerFactory.getLogger(OperationTable.class);

  private final List<ServedService> services = new ArrayList<>();
  private final List<ServedOperation> operations = new ArrayList<>();
  private final List<Frame.HostedService> hosted = new ArrayList<>();

  OperationTable(HostedServices beans, Codec codec, AdmissionSettings admission) {
    for (var bean : beans.services()) {
      var service = ServedService.of(bean, admission);
      services.add(service);
      hosted.add(new Frame.HostedService(service.name(), entries(served(service, bean, codec))));
    }
  }

  private static Map<String, ServedOperation> served(
      ServedService service, HostedServices.Hosted bean, Codec codec) {
    var served = new LinkedHashMap<String, ServedOperation>();
    for (var contract : bean.contract().operations()) {
      try {
        served.put(contract.key(), new ServedOperation(service, contract, codec));
      } catch (UncarriableTypeException e) {
        // one that the service inherits from a library: its callers are told why
        LOG.debug("not served service={} operation={}", service.name(), contract.key(), e);
      }
    }
    for (var contract : bean.contract().operations()) {
      if (!served.containsKey(contract.key())) {
        continue;
      }
      for (var earlier : EarlierOperation.of(contract)) {
        served.computeIfAbsent(
            earlier.contract().key(), _ -> new ServedOperation(service, earlier, codec));
      }
    }
    return served;
  }

  // an operation's number is its place among those of all services
  private List<Frame.HostedOperation> entries(Map<String, ServedOperation> served) {
    var entries = new ArrayList<Frame.HostedOperation>();
    served.forEach((key, operation) -> {
      operations.add(operation);
      entries.add(new Frame.HostedOperation(key, operation.schemas().signature()));
    });
    return entries;
  }

  /// The operation that has a number; null if none has.
  @Nullable ServedOperation find(int number) {
    return number < operations.size() ? operations.get(number) : null;
  }

  /// What a hello says of the services.
  List<Frame.HostedService> hosted() {
    return List.copyOf(hosted);
  }

  /// Load of each service of the application since the last call of this method.
  List<ServiceLoad> loads() {
    return services.stream()
        .filter(service -> !service.platform())
        .map(ServedService::load)
        .toList();
  }

  /// Calls of the application's services that run or wait.
  int inFlight() {
    return services.stream()
        .filter(service -> !service.platform())
        .mapToInt(service -> service.admission().inFlight())
        .sum();
  }
}
