package dev.myelin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.Microservice;
import dev.myelin.contract.OperationContract.Kind;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

final class ServiceContractsTests {

  record Order(String id) {}

  @Microservice
  static class Plain {

    public int price(String basket) {
      return basket.length();
    }

    public void reset() {}
  }

  @Microservice
  interface Anything {}

  private static Microservice annotation() {
    return java.util.Objects.requireNonNull(
        AnnotatedElementUtils.findMergedAnnotation(Anything.class, Microservice.class));
  }

  @Test
  void functionWhenDeclaredByBeanMethodHasOperationApplyAndTheBeansName() {
    var type = ResolvableType.forClassWithGenerics(Function.class, Order.class, String.class);

    var contract =
        new ServiceContracts(_ -> ServiceSettings.NONE)
            .read(new ServiceDeclaration("orderLabel", type, annotation()));

    assertThat(contract.name()).isEqualTo("order-label");
    assertThat(contract.type()).isEqualTo(Function.class);
    assertThat(contract.operations())
        .extracting(OperationContract::key)
        .containsExactly("apply(%s)".formatted(Order.class.getTypeName()));
    assertThat(contract.operations().getFirst().result().type()).isEqualTo(String.class);
  }

  @Test
  void functionWhenUnaryOperatorIsResolvedThroughItsSupertype() {
    var type = ResolvableType.forClassWithGenerics(UnaryOperator.class, Order.class);

    var operation =
        new ServiceContracts(_ -> ServiceSettings.NONE)
            .read(new ServiceDeclaration("normalize", type, annotation()))
            .operations()
            .getFirst();

    assertThat(operation.key()).isEqualTo("apply(%s)".formatted(Order.class.getTypeName()));
    assertThat(operation.result().type()).isEqualTo(Order.class);
  }

  @Test
  void platformInterfacesWhenReadHaveReservedNames() {
    assertThat(ServiceContracts.of(Orchestrator.class).name()).isEqualTo("myelin-orchestrator");
    assertThat(ServiceContracts.of(PubSub.class).operations())
        .filteredOn(operation -> operation.result().kind() == Kind.STREAM)
        .extracting(OperationContract::name)
        .containsExactly("subscribe");
  }

  @Microservice("myelin-mine")
  interface Reserved {}

  @Microservice("front")
  interface Front {}

  @Microservice("Price List")
  interface Malformed {}

  @Test
  void nameWhenReservedOrMalformedIsRefusedWithRemedy() {
    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(() -> ServiceContracts.of(Reserved.class))
        .withMessageContainingAll("'Reserved'", "'myelin-mine'", "belongs to the platform")
        .satisfies(e -> assertThat(e.remedy()).contains("Give it another name"));
    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(() -> ServiceContracts.of(Front.class))
        .withMessageContaining("'front'");
    assertThatExceptionOfType(InvalidServiceException.class)
        .isThrownBy(() -> ServiceContracts.of(Malformed.class))
        .withMessageContainingAll("'Price List'", "does not match")
        .satisfies(e -> assertThat(e.remedy()).contains("lower-case letters"));
  }

  @Test
  void typeWhenNotAnnotatedIsRefused() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> ServiceContracts.of(Order.class));
  }

  @Test
  void descriptionWhenMadeNamesTypesAsTheyAreWritten() {
    var service = ServiceContracts.describe(ServiceContracts.of(Plain.class));

    assertThat(service.type()).isEqualTo(Plain.class.getName());
    assertThat(service.operations().getLast().result()).isEqualTo("void");
    assertThat(service.operations().getFirst().parameters().getFirst().type())
        .isEqualTo("java.lang.String");
  }
}
