package dev.myelin.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.wire.codec.Associations;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.proxy.HibernateProxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntitiesTests {

  private static final Associations HIBERNATE =
      Entities.associations(EntitiesTests.class.getClassLoader());
  private static final Associations PLAIN = new PlainAssociations();

  @Entity
  static class Customer {
    @Id @Nullable Long id;
    @Nullable String name;

    Customer(String name) {
      this.name = name;
    }

    @Nullable Long getId() {
      return id;
    }

    @Nullable String getName() {
      return name;
    }
  }

  @Entity
  static final class Closed {
    @Id long id;
  }

  @SuppressWarnings("UnusedVariable") // looked at by their types
  static final class Order {
    @Nullable Customer customer;
    @Nullable Closed closed;
    @Nullable List<String> list;
    @Nullable Set<String> set;
    @Nullable SortedSet<String> sortedSet;
    @Nullable Map<String, String> map;
    @Nullable SortedMap<String, String> sortedMap;
  }

  private static @Nullable Object absent(Associations associations, String field, @Nullable Long id)
      throws NoSuchFieldException {
    return associations.absent(Order.class.getDeclaredField(field), id);
  }

  private static Customer customer(Associations associations) throws NoSuchFieldException {
    return (Customer) Objects.requireNonNull(absent(associations, "customer", 7L));
  }

  @Test
  void unloadedEntityIsAProxyOfHibernateThatKnowsItsId() throws Exception {
    var customer = customer(HIBERNATE);

    assertThat(Hibernate.isInitialized(customer)).isFalse();
    assertThat(HIBERNATE.loaded(customer)).isFalse();
    assertThat(HIBERNATE.id(customer)).isEqualTo(7L);
    assertThat(customer.getId()).isEqualTo(7);
    assertThat(((HibernateProxy) customer).getHibernateLazyInitializer().getPersistentClass())
        .isEqualTo(Customer.class);
    assertThatExceptionOfType(LazyInitializationException.class)
        .isThrownBy(customer::getName)
        .withMessageContaining("'Order.customer' (Customer with id 7) was not loaded");
    assertThat(Set.of(customer)).contains(customer).doesNotContain(customer(HIBERNATE));
  }

  @Test
  void unloadedEntityWithoutHibernateRefusesToo() throws Exception {
    var customer = customer(PLAIN);

    assertThat(customer.getId()).isEqualTo(7);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(customer::getName)
        .withMessageContaining("'Order.customer' (Customer with id 7) was not loaded");
  }

  @Test
  void unloadedEntityOfAFinalClassIsNull() throws Exception {
    assertThat(absent(HIBERNATE, "closed", 7L)).isNull();
    assertThat(absent(PLAIN, "closed", 7L)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "set", "sortedSet", "map", "sortedMap"})
  void unloadedCollectionRefusesWhenTouched(String field) throws Exception {
    var type = Order.class.getDeclaredField(field).getType();
    var ofHibernate = absent(HIBERNATE, field, null);
    var plain = absent(PLAIN, field, null);

    assertThat(type.isInstance(ofHibernate)).isTrue();
    assertThat(Hibernate.isInitialized(ofHibernate)).isFalse();
    assertThatExceptionOfType(LazyInitializationException.class)
        .isThrownBy(() -> touch(ofHibernate))
        .withMessageContaining("Order." + field);
    assertThat(type.isInstance(plain)).isTrue();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> touch(plain))
        .withMessageContaining("'Order.%s' was not loaded".formatted(field));
  }

  private static int touch(@Nullable Object container) {
    return container instanceof Map<?, ?> map
        ? map.size()
        : ((java.util.Collection<?>) Objects.requireNonNull(container)).size();
  }

  @Test
  void whatIsNoAssociationIsLoaded() {
    assertThat(HIBERNATE.loaded("text")).isTrue();
    assertThat(HIBERNATE.entity("text")).isEqualTo("text");
    assertThat(HIBERNATE.id("text")).isNull();
  }
}
