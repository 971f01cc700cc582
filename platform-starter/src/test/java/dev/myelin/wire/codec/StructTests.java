package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Records and classes: fields of every kind, generics, recursion, ways of construction.
class StructTests {

  @SuppressWarnings("ArrayRecordComponent") // arrays are fields, too
  private record Everything(
      boolean flag,
      byte tiny,
      short small,
      char letter,
      int number,
      long large,
      float rough,
      double exact,
      String text,
      @Nullable Integer box,
      byte[] bytes,
      Instant instant,
      BigDecimal price,
      Optional<String> maybe,
      List<Map<String, Long>> nested) {}

  @Test
  void recordWithEveryKindOfFieldComesBack() {
    var everything =
        new Everything(
            true,
            (byte) -1,
            (short) -2,
            'c',
            -3,
            -4L,
            0.5f,
            0.25,
            "text",
            null,
            new byte[] {1},
            Instant.parse("2026-01-02T03:04:05Z"),
            new BigDecimal("9.99"),
            Optional.of("x"),
            List.of(Map.of("a", 1L)));

    assertThat(Objects.requireNonNull(Bytes.roundTrip(Everything.class, everything)))
        .usingRecursiveComparison()
        .isEqualTo(everything);
  }

  record Empty() {}

  @Test
  void recordWithoutComponentsTakesOneByte() {
    var codec = Bytes.codec(Empty.class);

    assertThat(Bytes.write(codec, new Empty())).containsExactly(1);
    assertThat(Bytes.roundTrip(Empty.class, new Empty())).isEqualTo(new Empty());
    assertThat(Bytes.roundTrip(Empty.class, null)).isNull();
  }

  record Pair<A, B>(@Nullable A first, @Nullable B second) {}

  record Box<T extends Comparable<T>>(T content) {}

  @Test
  void genericRecordComesBackWhateverItsArguments() {
    assertThat(
            Bytes.roundTrip(
                new TypeReference<Pair<String, List<Integer>>>() {},
                new Pair<>("a", List.of(1, 2))))
        .isEqualTo(new Pair<>("a", List.of(1, 2)));
    assertThat(
            Bytes.roundTrip(
                new TypeReference<Pair<Pair<Integer, Long>, Pair<Long, Integer>>>() {},
                new Pair<>(new Pair<>(1, 2L), new Pair<>(3L, 4))))
        .isEqualTo(new Pair<>(new Pair<>(1, 2L), new Pair<>(3L, 4)));
  }

  @Test
  void typeVariablesAreReplacedAllTheWayDown() {
    record Wide(Pairs<Integer> pairs) {}

    var wide = new Wide(new Pairs<>(new Pair<>(1, List.of(2)), List.of(new Pair<>("a", 3))));

    assertThat(Bytes.roundTrip(Wide.class, wide)).isEqualTo(wide);
  }

  record Pairs<T>(Pair<T, List<T>> own, List<? extends Pair<String, T>> others) {}

  @Test
  void genericFieldWithAValueOfAnotherClassIsRefused() {
    @SuppressWarnings({"unchecked", "rawtypes"}) // heap pollution is what is tested
    Pair<String, String> polluted = (Pair) new Pair<>("a", 1);

    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.roundTrip(new TypeReference<Pair<String, String>>() {}, polluted))
        .withMessage(
            "'Pair<String, String>.second' is a java.lang.Integer, but String is declared");
  }

  record Tree(String name, List<Tree> children, @Nullable Tree twin) {}

  @Test
  void recursiveRecordComesBack() {
    var leaf = new Tree("leaf", List.of(), null);
    var tree = new Tree("root", List.of(leaf, new Tree("inner", List.of(leaf), leaf)), leaf);

    assertThat(Bytes.roundTrip(Tree.class, tree)).isEqualTo(tree);
  }

  static class Account {
    private final String owner;
    private transient int cached = 5;
    static int shared = 1;
    protected long balance;

    Account(String owner) {
      this.owner = owner;
    }

    private Account() {
      this("nobody");
    }
  }

  static final class SavingsAccount extends Account {
    private final List<String> notes = new ArrayList<>();
    private double rate;

    private SavingsAccount() {
      super("nobody");
    }

    SavingsAccount(String owner, double rate) {
      super(owner);
      this.rate = rate;
    }
  }

  @Test
  void classWithoutParametersIsMadeEmptyAndItsFieldsAreSetUpToItsParents() {
    var account = new SavingsAccount("Ada", 0.5);
    account.balance = 7;
    account.notes.add("note");
    ((Account) account).cached = 9;

    var back = (SavingsAccount) Bytes.roundTrip(SavingsAccount.class, account);

    assertThat(Objects.requireNonNull(back))
        .usingRecursiveComparison()
        .ignoringFields("cached")
        .isEqualTo(account);
    assertThat(back.rate).isEqualTo(0.5);
    assertThat(((Account) back).owner).isEqualTo("Ada");
    assertThat(((Account) back).cached).isEqualTo(5);
  }

  static final class Point {
    private final int x;
    private final long y;
    private final String label;

    private Point(String label, long y, int x) {
      this.x = x;
      this.y = y;
      this.label = label;
    }
  }

  @Test
  void classWhoseConstructorTakesItsFieldsIsMadeByIt() {
    var back = (Point) Bytes.roundTrip(Point.class, new Point("p", 2, 1));

    assertThat(back).isNotNull();
    assertThat(back.x).isEqualTo(1);
    assertThat(back.y).isEqualTo(2);
    assertThat(back.label).isEqualTo("p");
  }

  static class Shadowed {
    int value = 1;
  }

  @SuppressWarnings("HidingField") // hiding is what is tested
  static final class Shadowing extends Shadowed {
    int value = 2;
  }

  @Test
  void hiddenFieldIsCarriedUnderTheNameOfItsClass() {
    var value = new Shadowing();
    value.value = 20;
    ((Shadowed) value).value = 10;

    var back = (Shadowing) Objects.requireNonNull(Bytes.roundTrip(Shadowing.class, value));

    assertThat(back.value).isEqualTo(20);
    assertThat(((Shadowed) back).value).isEqualTo(10);
    assertThat(new BinaryCodec().schema(Shadowing.class))
        .hasToString("Shadowing{Shadowed.value: int, value: int}");
  }

  static class Animal {
    int legs;
  }

  static final class Dog extends Animal {}

  record Zoo(List<Animal> animals) {}

  @Test
  void undeclaredSubclassIsRefusedWithItsPath() {
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.roundTrip(Zoo.class, new Zoo(List.of(new Animal(), new Dog()))))
        .withMessageStartingWith("'Zoo.animals[1]' is a " + Dog.class.getName())
        .withMessageContaining("make it sealed");
  }

  record Even(int number) {
    Even {
      if (number % 2 != 0) {
        throw new IllegalArgumentException(number + " is odd");
      }
    }
  }

  @Test
  void valueThatTheConstructorRefusesIsMalformed() {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Bytes.read(Bytes.codec(Even.class), Bytes.bytes("01 02")))
        .withMessageContaining("Even refuses")
        .withMessageContaining("1 is odd")
        .withCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void privateRecordInsideAMethodComesBack() {
    record Local(int a, String b) {}

    assertThat(Bytes.roundTrip(Local.class, new Local(1, "b"))).isEqualTo(new Local(1, "b"));
  }

  @Test
  void boundedTypeVariableOfARawUseIsItsBound() {
    record Holder(Box<String> box) {}

    assertThat(Bytes.roundTrip(Holder.class, new Holder(new Box<>("x"))))
        .isEqualTo(new Holder(new Box<>("x")));
  }

  @Test
  void fieldsOfOneBasketTakeOnlyTheirValues() {
    record Line(String sku, int count) {}
    record Basket(String id, List<Line> lines) {}

    var bytes =
        Bytes.write(
            Bytes.codec(Basket.class),
            new Basket("b", List.of(new Line("x", 1), new Line("y", 2))));

    assertThat(Bytes.hex(bytes))
        .isEqualTo("01" + "0262" + "03" + "01" + "0278" + "02" + "01" + "0279" + "04");
  }
}
