package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Sealed hierarchies: flat, nested, generic, recursive, with enums and classes among them.
class SealedTests {

  sealed interface Shape {
    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    sealed interface Named extends Shape {
      record Star(String name, int points) implements Named {}

      enum Known implements Named {
        DOT,
        LINE {
          @Override
          boolean straight() {
            return true;
          }
        };

        boolean straight() {
          return false;
        }
      }
    }
  }

  @Test
  void everyAlternativeComesBack() {
    var shapes =
        List.<Shape>of(
            new Shape.Circle(1),
            new Shape.Square(2),
            new Shape.Named.Star("Vega", 5),
            Shape.Named.Known.DOT,
            Shape.Named.Known.LINE);

    assertThat(Bytes.roundTrip(new TypeReference<List<Shape>>() {}, shapes)).isEqualTo(shapes);
    assertThat(Bytes.roundTrip(Shape.class, null)).isNull();
  }

  @Test
  void alternativeTakesOneByteBesideItsFields() {
    assertThat(Bytes.hex(Bytes.write(Bytes.codec(Shape.class), new Shape.Named.Star("V", 5))))
        .isEqualTo("03" + "0256" + "0a");
    assertThat(Bytes.hex(Bytes.write(Bytes.codec(Shape.class), Shape.Named.Known.LINE)))
        .isEqualTo("04" + "02");
  }

  sealed interface Result<T> {
    record Ok<V>(V value) implements Result<V> {}

    record Many<V>(List<V> values) implements Result<List<V>> {}

    record Failed<V>(String reason) implements Result<V> {}
  }

  @Test
  void typeArgumentsReachTheAlternatives() {
    assertThat(Bytes.roundTrip(new TypeReference<Result<Integer>>() {}, new Result.Ok<>(1)))
        .isEqualTo(new Result.Ok<>(1));
    assertThat(
            Bytes.roundTrip(
                new TypeReference<Result<List<String>>>() {}, new Result.Many<>(List.of("a"))))
        .isEqualTo(new Result.Many<>(List.of("a")));
    assertThat(
            Bytes.roundTrip(
                new TypeReference<Result<Map<String, Long>>>() {}, new Result.Failed<>("no")))
        .isEqualTo(new Result.Failed<>("no"));
  }

  sealed interface Expression {
    record Literal(long value) implements Expression {}

    record Sum(Expression left, Expression right) implements Expression {}

    record Block(List<Statement> statements, @Nullable Expression value) implements Expression {}
  }

  sealed interface Statement {
    record Assign(String name, Expression value) implements Statement {}

    record Loop(Expression condition, List<Statement> body) implements Statement {}
  }

  @Test
  void mutuallyRecursiveHierarchiesComeBack() {
    var sum = new Expression.Sum(new Expression.Literal(1), new Expression.Literal(2));
    var block =
        new Expression.Block(
            List.of(new Statement.Loop(sum, List.of(new Statement.Assign("x", sum)))), null);

    assertThat(Bytes.roundTrip(Expression.class, block)).isEqualTo(block);
    assertThat(Bytes.roundTrip(Statement.class, new Statement.Assign("y", block)))
        .isEqualTo(new Statement.Assign("y", block));
  }

  static sealed class Vehicle {
    int wheels;
  }

  static final class Car extends Vehicle {
    String plate = "";
  }

  static final class Bus extends Vehicle {
    int seats;
  }

  @Test
  void sealedClassIsAnAlternativeOfItself() {
    var vehicle = new Vehicle();
    vehicle.wheels = 3;
    var car = new Car();
    car.wheels = 4;
    car.plate = "ZH 1";

    assertThat(Bytes.roundTrip(Vehicle.class, vehicle))
        .isExactlyInstanceOf(Vehicle.class)
        .usingRecursiveComparison()
        .isEqualTo(vehicle);
    assertThat(Bytes.roundTrip(Vehicle.class, car))
        .isExactlyInstanceOf(Car.class)
        .usingRecursiveComparison()
        .isEqualTo(car);
    assertThat(new BinaryCodec().schema(Vehicle.class).toString())
        .contains("Vehicle:", "Car:", "Bus:");
  }

  sealed interface Left {
    record Leaf(int left) implements Left {}
  }

  sealed interface Right {
    record Leaf(String right) implements Right {}
  }

  sealed interface Either {
    record OfLeft(Left.Leaf leaf) implements Either {}

    record Leaf(int own) implements Either {}

    sealed interface Deep extends Either {
      record Leaf(String deep) implements Deep {}
    }
  }

  @Test
  void alternativesOfOneNameAreToldApart() {
    assertThat(Bytes.roundTrip(Either.class, new Either.Leaf(1))).isEqualTo(new Either.Leaf(1));
    assertThat(Bytes.roundTrip(Either.class, new Either.Deep.Leaf("x")))
        .isEqualTo(new Either.Deep.Leaf("x"));
    assertThat(Bytes.roundTrip(Either.class, new Either.OfLeft(new Left.Leaf(2))))
        .isEqualTo(new Either.OfLeft(new Left.Leaf(2)));
    assertThat(Bytes.roundTrip(Right.class, new Right.Leaf("r"))).isEqualTo(new Right.Leaf("r"));
  }

  sealed interface Open {
    record Fixed(int a) implements Open {}

    non-sealed interface Wide extends Open {}
  }

  @Test
  void hierarchyWithAnOpenBranchIsRefused() {
    assertThatExceptionOfType(UncarriableTypeException.class)
        .isThrownBy(() -> new BinaryCodec().schema(Open.class))
        .withMessageContaining("'Open<Wide>'")
        .withMessageContaining("make it sealed");
  }

  @Test
  void unknownAlternativeNumberIsMalformed() {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Bytes.read(Bytes.codec(Shape.class), Bytes.bytes("05 00")))
        .withMessageContaining("4 alternatives but number 4");
  }
}
