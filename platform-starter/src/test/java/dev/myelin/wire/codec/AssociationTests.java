package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Entities of which not everything was loaded.
final class AssociationTests {

  @Entity
  static class Customer {
    @Id long id;
    @Nullable String name;
  }

  @Entity
  static class Order {
    @Id long id;
    @ManyToOne @Nullable Customer customer;
    @OneToMany @Nullable List<String> lines;
  }

  /// As the other side may have it, which knows no entities.
  static class PlainOrder {
    long id;
    @Nullable Customer customer;
    @Nullable List<String> lines;
  }

  static final class Proxy extends Customer {
    final @Nullable Customer behind;

    Proxy(@Nullable Customer behind) {
      this.behind = behind;
    }
  }

  static final class UnloadedList extends ArrayList<String> {}

  /// Records what it is asked to make.
  private final Associations associations =
      new Associations() {
        @Override
        public boolean loaded(Object value) {
          return value instanceof Proxy proxy
              ? proxy.behind != null
              : !(value instanceof UnloadedList);
        }

        @Override
        public Object entity(Object value) {
          return value instanceof Proxy proxy && proxy.behind != null ? proxy.behind : value;
        }

        @Override
        public Object id(Object reference) {
          return 7L;
        }

        @Override
        public Object absent(Field field, @Nullable Object id) {
          if (field.getType() == List.class) {
            return new UnloadedList();
          }
          var proxy = new Proxy(null);
          proxy.id = id == null ? 0 : (long) id;
          return proxy;
        }
      };

  private final BinaryCodec codec = new BinaryCodec(Surrogates.NONE, associations);
  private final ValueCodec orders = codec.compile(Order.class, codec.schema(Order.class));

  private static Order order(@Nullable Customer customer, @Nullable List<String> lines) {
    var order = new Order();
    order.id = 1;
    order.customer = customer;
    order.lines = lines;
    return order;
  }

  private static Customer ada() {
    var ada = new Customer();
    ada.id = 7;
    ada.name = "Ada";
    return ada;
  }

  @Test
  void associationHasTheBytesOfAOneof() {
    assertThat(Bytes.hex(Bytes.write(orders, order(ada(), List.of("a")))))
        .isEqualTo("01" + "02" + "01" + "0e" + "04416461" + "01" + "02" + "0261");
    assertThat(Bytes.hex(Bytes.write(orders, order(new Proxy(null), new UnloadedList()))))
        .isEqualTo("01" + "02" + "02" + "01" + "0e" + "02");
    assertThat(Bytes.hex(Bytes.write(orders, order(null, null))))
        .isEqualTo("01" + "02" + "00" + "00");
  }

  @Test
  void loadedAssociationComesBackAsItWas() {
    var back = roundTrip(order(new Proxy(ada()), List.of("a", "b")));

    var customer = java.util.Objects.requireNonNull(back.customer);
    assertThat(customer).isExactlyInstanceOf(Customer.class);
    assertThat(customer.name).isEqualTo("Ada");
    assertThat(back.lines).containsExactly("a", "b");
  }

  @Test
  void unloadedAssociationComesBackUnloadedWithItsId() {
    var back = roundTrip(order(new Proxy(null), new UnloadedList()));

    var customer = java.util.Objects.requireNonNull(back.customer);
    assertThat(customer).isInstanceOf(Proxy.class);
    assertThat(customer.id).isEqualTo(7);
    assertThat(back.lines).isInstanceOf(UnloadedList.class);
  }

  @Test
  void proxyOutsideAnAssociationIsSentAsItsEntityIfItIsLoaded() {
    var customers = codec.compile(Customer.class, codec.schema(Customer.class));

    var back = (Customer) Bytes.read(customers, Bytes.write(customers, new Proxy(ada())));

    assertThat(back).isExactlyInstanceOf(Customer.class);
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.write(customers, new Proxy(null)))
        .withMessageContaining("was not loaded");
  }

  @Test
  void associationWhereTheOtherSideHasNoneIsIncompatible() {
    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(() -> codec.compile(PlainOrder.class, codec.schema(Order.class)))
        .withMessageContaining("customer");
  }

  @Test
  void cycleOfEntitiesIsRefusedWithItsPathAndARemedy() {
    var first = new Parent();
    first.children.add(new Child());
    first.children.getFirst().parent = first;
    var parents = codec.compile(Parent.class, codec.schema(Parent.class));

    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.write(parents, first))
        .withMessageContaining("'Parent.children[0].parent.children[0].parent")
        .withMessageContaining("without the way back");
  }

  @Test
  void unknownStateIsMalformed() {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Bytes.read(orders, Bytes.bytes("01" + "02" + "03")))
        .withMessageContaining("2 states");
  }

  @Entity
  static class Parent {
    @Id long id;
    @OneToMany List<Child> children = new ArrayList<>();
    @OneToMany Map<String, Child> named = Map.of();
  }

  @Entity
  static class Child {
    @Id long id;
    @ManyToOne @Nullable Parent parent;
  }

  private Order roundTrip(Order order) {
    return (Order) java.util.Objects.requireNonNull(Bytes.read(orders, Bytes.write(orders, order)));
  }
}
