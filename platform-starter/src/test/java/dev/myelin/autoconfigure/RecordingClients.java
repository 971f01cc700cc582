package dev.myelin.autoconfigure;

import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.client.ServiceClients;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.ServiceNames;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Makes stand-ins that record their calls, but for registering and beating, and answer with
/// «remote» or nothing.
final class RecordingClients implements ServiceClients {

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ProxyStandInFactory factory = new ProxyStandInFactory();

  List<String> calls() {
    return calls;
  }

  @Override
  public Object standIn(ServiceContract contract) {
    return factory.create(
        contract, (operation, _) -> answer(contract.name() + "." + operation.key(), operation));
  }

  @Override
  public Object standIn(ServiceContract contract, Endpoint endpoint) {
    return standIn(contract);
  }

  private @Nullable Object answer(String call, OperationContract operation) {
    // the process's own place in its cluster is not what these tests are about
    if (!call.startsWith(ServiceNames.PUBSUB) && !call.startsWith(ServiceNames.STETHOSCOPE)) {
      calls.add(call);
    }
    return operation.result().type() == String.class ? "remote" : null;
  }
}
