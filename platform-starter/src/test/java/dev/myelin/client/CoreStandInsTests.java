package dev.myelin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.Members;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.Stethoscope;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoreStandInsTests {

  private final List<Endpoint> made = new ArrayList<>();
  private final CoreStandIns standIns =
      new CoreStandIns(
          new InstanceId("core-1"),
          new DeclaredServices(List.of(), List.of(ServiceContracts.of(Stethoscope.class))),
          new ServiceClients() {
            @Override
            public Object standIn(ServiceContract contract) {
              throw new UnsupportedOperationException("one process is meant");
            }

            @Override
            public Object standIn(ServiceContract contract, Endpoint endpoint) {
              made.add(endpoint);
              return stethoscope();
            }
          });

  private static Stethoscope stethoscope() {
    return (Stethoscope)
        Proxy.newProxyInstance(
            Stethoscope.class.getClassLoader(),
            new Class<?>[] {Stethoscope.class},
            (_, method, _) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Test
  void serviceOfThisProcessIsTheBean() {
    var bean = stethoscope();

    assertThat(standIns.at(Stethoscope.class, Members.instance("core-1", "s"), () -> bean))
        .isSameAs(bean);
    assertThat(made).isEmpty();
  }

  @Test
  void serviceOfAnotherProcessIsAStandInForItsEndpoint() {
    var other = Members.instance("core-2", "s");

    assertThat(standIns.at(Stethoscope.class, other, () -> stethoscope())).isNotNull();
    assertThat(made).containsExactly(other.endpoint());
  }

  @Test
  void serviceThatIsNotKnownIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            standIns.at(
                Orchestrator.class,
                Members.instance("core-2", "s"),
                () -> {
                  throw new UnsupportedOperationException();
                }))
        .withMessageContaining(Orchestrator.class.getName());
  }
}
