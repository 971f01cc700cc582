package dev.myelin.gateway.external;

import static dev.myelin.gateway.Descriptions.external;
import static dev.myelin.gateway.Descriptions.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.gateway.external.Arguments.Named;
import dev.myelin.gateway.external.Arguments.Positional;
import dev.myelin.gateway.problem.ProblemException;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.wire.ApplicationDescription.Service;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationChoiceTests {

  private static final Service PRICES =
      external(
          "price-list",
          operation("int", "price", "long item"),
          operation("int", "price", "java.lang.String name"),
          operation("int", "price", "long item", "int count"),
          operation("void", "reset"),
          operation("int", "sum", "int a", "int b"));

  @ParameterizedTest
  @CsvSource({
    "price, 2, 'price(long,int)'",
    "reset, 0, 'reset()'",
    "'price(java.lang.String)', 1, 'price(java.lang.String)'"
  })
  void arrayWhenOneOperationHasThatManyParametersChoosesIt(String name, int count, String key) {
    assertThat(OperationChoice.choose(PRICES, name, new Positional(count)).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "price, item, 'price(long)'",
    "price, name, 'price(java.lang.String)'",
    "price, item:count, 'price(long,int)'",
    "price, count, 'price(long,int)'",
    "sum, b:a, 'sum(int,int)'",
    "sum, b, 'sum(int,int)'"
  })
  void objectWhenOneOperationFitsTheNamesChoosesIt(String name, String names, String key) {
    var arguments = new Named(Set.of(names.split(":")));

    assertThat(OperationChoice.choose(PRICES, name, arguments).key()).isEqualTo(key);
  }

  @Test
  void arrayWhenSeveralOperationsFitIsRefusedAndListsThem() {
    refused("price", new Positional(1), ProblemType.AMBIGUOUS_OPERATION)
        .containsExactly("price(java.lang.String name)", "price(long item)");
  }

  @Test
  void objectWhenSeveralOperationsFitIsRefusedAndListsThem() {
    refused("price", new Named(Set.of()), ProblemType.AMBIGUOUS_OPERATION).hasSize(3);
  }

  @Test
  void argumentsWhenNoOperationFitsAreRefusedAndListTheCandidates() {
    refused("price", new Positional(3), ProblemType.INVALID_ARGUMENT).hasSize(3);
    refused("sum", new Positional(0), ProblemType.INVALID_ARGUMENT)
        .containsExactly("sum(int a, int b)");
  }

  @Test
  void argumentsWhenUnknownAreNamed() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> OperationChoice.choose(PRICES, "sum", new Named(Set.of("a", "c"))))
        .withMessageContaining("takes (int a, int b)")
        .withMessageContaining("[c] are unknown");
  }

  @Test
  void operationWhenUnknownIsRefusedAndListsTheServices() {
    refused("delete", new Positional(0), ProblemType.NOT_FOUND).hasSize(5);
  }

  @Test
  void operationWhenNamedByItsKeyIsThere() {
    assertThat(OperationChoice.has(PRICES, "price(long)")).isTrue();
    assertThat(OperationChoice.has(PRICES, "price")).isTrue();
    assertThat(OperationChoice.has(PRICES, "price(int)")).isFalse();
  }

  private static org.assertj.core.api.ListAssert<Object> refused(
      String name, Arguments arguments, ProblemType type) {
    try {
      OperationChoice.choose(PRICES, name, arguments);
    } catch (ProblemException e) {
      assertThat(e.problem().type()).isEqualTo(type);
      assertThat(e.problem().members()).containsEntry("service", "price-list");
      return assertThat((List<?>) e.problem().members().get("candidates"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST);
    }
    throw new AssertionError("Nothing was refused");
  }
}
