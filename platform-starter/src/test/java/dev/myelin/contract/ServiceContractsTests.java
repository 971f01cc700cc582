package dev.myelin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.Microservice;
import dev.myelin.contract.OperationContract.Kind;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import jakarta.annotation.PostConstruct;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

final class ServiceContractsTests {

  record Order(String id) {}

  record Page<T>(List<T> items) {}

  @Microservice
  static class Plain {

    public int price(String basket) {
      return basket.length();
    }

    public int price(int[] quantities, Map<String, List<Order>> orders) {
      return quantities.length + orders.size();
    }

    public void reset() {}

    public static int helper() {
      return 1;
    }

    int packagePrivate() {
      return 1;
    }

    protected void inherited() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Plain;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public String toString() {
      return "plain";
    }
  }

  @Test
  void publicMethodsWhenOverloadedAreToldApartByParameterTypes() {
    var contract = ServiceContracts.of(Plain.class);

    assertThat(contract.name()).isEqualTo("plain");
    assertThat(contract.type()).isEqualTo(Plain.class);
    assertThat(contract.operations())
        .extracting(OperationContract::key)
        .containsExactly("price(int[],java.util.Map)", "price(java.lang.String)", "reset()");
    var overload = contract.operations().getFirst();
    assertThat(overload.parameters())
        .extracting(field -> field.name() + " " + field.type().getTypeName())
        .containsExactly(
            "quantities int[]",
            "orders java.util.Map<java.lang.String, java.util.List<%s>>"
                .formatted(Order.class.getTypeName()));
    assertThat(overload.result().type()).isEqualTo(int.class);
    assertThat(contract.operations().getLast().result().type()).isEqualTo(void.class);
  }

  abstract static class Store<T, I> {

    public abstract Optional<T> find(I id);

    public Page<T> page(List<? extends T> after, T[] array, List<T>[] lists) {
      return new Page<>(List.copyOf(after));
    }

    public <C extends Comparable<C>> List<C> sort(List<C> values) {
      return values;
    }
  }

  @Microservice("orders")
  static class OrderStore extends Store<Order, Long> {

    @Override
    public Optional<Order> find(Long id) {
      return Optional.empty();
    }
  }

  @Test
  void genericsWhenInheritedAreResolvedAgainstTheConcreteType() {
    var contract = ServiceContracts.of(OrderStore.class);

    var order = Order.class.getTypeName();
    assertThat(contract.operations())
        .extracting(OperationContract::key)
        .containsExactly(
            "find(java.lang.Long)",
            "page(java.util.List,%s[],java.util.List[])".formatted(order),
            "sort(java.util.List)");
    assertThat(contract.operations().get(0).result().type().getTypeName())
        .isEqualTo("java.util.Optional<%s>".formatted(order));
    var page = contract.operations().get(1);
    assertThat(page.result().type().getTypeName())
        .isEqualTo("%s<%s>".formatted(Page.class.getTypeName(), order));
    assertThat(page.parameters())
        .extracting(field -> field.type().getTypeName())
        .containsExactly(
            "java.util.List<%s>".formatted(order),
            order + "[]",
            "java.util.List<%s>[]".formatted(order));
    assertThat(contract.operations().get(2).result().type().getTypeName())
        .isEqualTo("java.util.List<java.lang.Comparable<java.lang.Comparable>>");
  }

  interface Finder<T> {

    T find(T example);

    default T findTwice(T example) {
      return find(find(example));
    }
  }

  @Microservice
  interface OrderFinder extends Finder<Order>, Closeable {

    @Override
    boolean equals(@Nullable Object other);
  }

  @Test
  void defaultMethodsWhenInheritedAreOperationsAndKeysNameResolvedTypes() {
    var order = Order.class.getTypeName();

    assertThat(ServiceContracts.of(OrderFinder.class).operations())
        .extracting(OperationContract::key)
        .containsExactly("find(%s)".formatted(order), "findTwice(%s)".formatted(order));
  }

  static class HiddenParent {

    public String visible() {
      return "yes";
    }
  }

  @Microservice
  public static class Bridged extends HiddenParent {}

  @Test
  void publicMethodWhenInheritedFromHiddenClassIsAnOperation() throws Exception {
    var operations = ServiceContracts.of(Bridged.class).operations();

    assertThat(operations).extracting(OperationContract::key).containsExactly("visible()");
    assertThat(operations.getFirst().method().invoke(new Bridged())).isEqualTo("yes");
  }

  @Microservice
  interface Results {

    CompletableFuture<List<Order>> future();

    CompletionStage<@Nullable Void> stage();

    Flow.Publisher<Order> stream();

    Optional<Order> value();
  }

  @Test
  void resultWhenFutureOrPublisherIsUnwrapped() {
    var order = Order.class.getTypeName();

    assertThat(ServiceContracts.of(Results.class).operations())
        .extracting(
            OperationContract::name,
            operation -> operation.result().kind(),
            operation -> operation.result().type().getTypeName())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "future", Kind.FUTURE, "java.util.List<%s>".formatted(order)),
            org.assertj.core.groups.Tuple.tuple("stage", Kind.FUTURE, "void"),
            org.assertj.core.groups.Tuple.tuple("stream", Kind.STREAM, order),
            org.assertj.core.groups.Tuple.tuple(
                "value", Kind.VALUE, "java.util.Optional<%s>".formatted(order)));
  }

  @Microservice
  static class Managed
      implements InitializingBean, BeanNameAware, ApplicationListener<ApplicationEvent>, Closeable {

    public String work() {
      return "done";
    }

    @PostConstruct
    public void start() {}

    @EventListener
    public void on(Order event) {}

    @Override
    public void afterPropertiesSet() {}

    @Override
    public void setBeanName(String name) {}

    @Override
    public void onApplicationEvent(ApplicationEvent event) {}

    @Override
    public void close() {}
  }

  @Test
  void callbacksOfTheContainerAreNoOperations() {
    assertThat(ServiceContracts.of(Managed.class).operations())
        .extracting(OperationContract::key)
        .containsExactly("work()");
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
    assertThat(service.operations().get(1).parameters().getFirst().type())
        .isEqualTo("java.lang.String");
  }
}
