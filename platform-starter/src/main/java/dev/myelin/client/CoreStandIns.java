package dev.myelin.client;

import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.ServiceContract;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.util.function.Supplier;

/// Core services as a caller gets them that means one core process and no other. Thread-safe.
public final class CoreStandIns {

  private final InstanceId self;
  private final DeclaredServices declared;
  private final ServiceClients clients;

  /// Creates it.
  ///
  /// @param self this process
  /// @param declared knows the contracts
  /// @param clients makes stand-ins
  public CoreStandIns(InstanceId self, DeclaredServices declared, ServiceClients clients) {
    this.self = self;
    this.declared = declared;
    this.clients = clients;
  }

  /// Which process this is.
  public InstanceId self() {
    return self;
  }

  /// The service of one core process: the bean itself where that is this process, a stand-in
  /// elsewhere.
  ///
  /// @param <S> type of the service
  /// @param type type of the service
  /// @param process the core process
  /// @param local gets the bean of this process
  /// @throws IllegalStateException if the application does not know the service
  public <S> S at(Class<S> type, Instance process, Supplier<? extends S> local) {
    return process.id().equals(self)
        ? local.get()
        : type.cast(clients.standIn(contract(type), process.endpoint()));
  }

  private ServiceContract contract(Class<?> type) {
    return declared.application().stream()
        .filter(contract -> type.isAssignableFrom(contract.type()))
        .findFirst()
        .or(() ->
            declared.called().stream()
                .filter(contract -> type.isAssignableFrom(contract.type()))
                .findFirst())
        .orElseThrow(
            () -> new IllegalStateException("This process knows no service of " + type.getName()));
  }
}
