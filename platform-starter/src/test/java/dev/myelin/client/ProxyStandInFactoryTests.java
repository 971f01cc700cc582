package dev.myelin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.Microservice;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.contract.ServiceDeclaration;
import dev.myelin.contract.ServiceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

final class ProxyStandInFactoryTests {

  private final List<String> calls = new ArrayList<>();
  private final ProxyStandInFactory factory = new ProxyStandInFactory();

  private @Nullable Object record(OperationContract operation, @Nullable Object[] arguments) {
    calls.add(operation.key() + Arrays.toString(arguments));
    return operation.result().type() == String.class ? "remote" : null;
  }

  private <T> T standIn(Class<T> type) {
    return type.cast(factory.create(ServiceContracts.of(type), this::record));
  }

  @Microservice
  static class Greeter implements BeanNameAware {

    private final List<String> log;

    @SuppressWarnings("UnusedMethod") // it is the test that nobody calls it
    private Greeter(List<String> log) {
      this.log = log;
      throw new AssertionError("the constructor ran");
    }

    public String greet(String name) {
      return log + name;
    }

    public String greet(String name, int times) {
      return greet(name.repeat(times));
    }

    public int count() {
      return log.size();
    }

    String hidden() {
      return "local";
    }

    protected void inherited() {}

    @Override
    public void setBeanName(String name) {
      log.add(name);
    }
  }

  @Test
  void classWhenPackagePrivateWithPrivateConstructorHasStandIns() {
    var greeter = standIn(Greeter.class);

    assertThat(greeter.greet("Ada")).isEqualTo("remote");
    assertThat(greeter.greet("Ada", 2)).isEqualTo("remote");
    assertThat(greeter.count()).isZero();
    assertThat(calls)
        .containsExactly(
            "greet(java.lang.String)[Ada]", "greet(java.lang.String,int)[Ada, 2]", "count()[]");
  }

  @Test
  void methodWhenNoOperationIsRefusedByName() {
    var greeter = standIn(Greeter.class);

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(greeter::hidden)
        .withMessageContainingAll("'hidden()'", "'greeter'", "not hosted in this process");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(greeter::inherited)
        .withMessageContaining("'inherited()'");
    assertThat(calls).isEmpty();
  }

  @Test
  void methodWhenOnlyTheContainerCallsItDoesNothing() {
    standIn(Greeter.class).setBeanName("x");

    assertThat(calls).isEmpty();
  }

  @Test
  void standInWhenComparedIsItself() {
    var one = standIn(Greeter.class);
    var other = standIn(Greeter.class);

    assertThat(List.of(other, one).indexOf(one)).isEqualTo(1);
    assertThat(one.hashCode()).isEqualTo(System.identityHashCode(one));
    assertThat(one.getClass()).isSameAs(other.getClass());
    assertThat(one)
        .hasToString("stand-in of service 'greeter' (%s)".formatted(Greeter.class.getName()));
    assertThat(calls).isEmpty();
  }

  interface Finder<T> {

    T find(T example);

    default T twice(T example) {
      return find(find(example));
    }
  }

  @Microservice
  interface TextFinder extends Finder<String> {}

  @Test
  void interfaceWhenGenericCallsDefaultMethodsRemotely() {
    Finder<String> finder = standIn(TextFinder.class);

    finder.find("a");
    finder.twice("b");

    assertThat(calls).containsExactly("find(java.lang.String)[a]", "twice(java.lang.String)[b]");
  }

  static class StoredTextFinder implements TextFinder {

    @Override
    public String find(String example) {
      return "local";
    }

    public String other() {
      return "local";
    }
  }

  @Test
  void classWhenItsInterfaceIsTheServiceHasTheInterfacesOperations() {
    var service = ServiceContracts.of(TextFinder.class);
    var contract =
        new ServiceContract(
            service.name(), StoredTextFinder.class, service.attributes(), service.operations());

    var standIn = (StoredTextFinder) factory.create(contract, this::record);

    assertThat(standIn.find("a")).isEqualTo("remote");
    assertThat(((Finder<String>) standIn).find("b")).isEqualTo("remote");
    standIn.twice("c");
    assertThat(calls)
        .containsExactly(
            "find(java.lang.String)[a]", "find(java.lang.String)[b]", "twice(java.lang.String)[c]");
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(standIn::other);
  }

  static class HiddenParent {

    public String visible() {
      return "local";
    }
  }

  @Microservice
  public static class Bridged extends HiddenParent {}

  @Test
  void methodWhenInheritedThroughVisibilityBridgeIsCalledRemotely() {
    assertThat(standIn(Bridged.class).visible()).isEqualTo("remote");
    assertThat(calls).containsExactly("visible()[]");
  }

  @Microservice
  interface Anything {}

  @Test
  @SuppressWarnings("unchecked") // the contract declares the generics
  void functionWhenComposedCallsApplyOnly() {
    var annotation = AnnotatedElementUtils.findMergedAnnotation(Anything.class, Microservice.class);
    var type = ResolvableType.forClassWithGenerics(Function.class, String.class, String.class);
    var contract =
        new ServiceContracts(_ -> ServiceSettings.NONE)
            .read(new ServiceDeclaration("label", type, Objects.requireNonNull(annotation)));

    var function = (Function<String, String>) factory.create(contract, (_, _) -> "remote");

    assertThat(function.andThen(String::length).apply("a")).isEqualTo(6);
  }

  @Microservice
  interface Failing {

    void fail() throws IOException;
  }

  @Test
  void checkedExceptionWhenThrownPassesUnwrapped() {
    var failure = new IOException("disk");
    var failing =
        (Failing)
            factory.create(
                ServiceContracts.of(Failing.class),
                (_, _) -> {
                  throw failure;
                });

    assertThatExceptionOfType(IOException.class).isThrownBy(failing::fail).isSameAs(failure);
  }

  @Microservice
  static final class Sealed {

    public void run() {}
  }

  @Microservice
  static class Half {

    public final void run() {}
  }

  @Microservice
  sealed interface Closed {}

  record Only() implements Closed {}

  @Test
  void typeWhenFinalIsRefusedWithRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standIn(Sealed.class))
        .withMessageContainingAll("'sealed'", Sealed.class.getName(), "is final", "Remove");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standIn(Half.class))
        .withMessageContaining("its operation 'run()' is final");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standIn(Closed.class))
        .withMessageContaining("is sealed");
  }
}
