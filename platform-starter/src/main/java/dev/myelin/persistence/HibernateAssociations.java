package dev.myelin.persistence;

import dev.myelin.wire.codec.Associations;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.collection.spi.AbstractPersistentCollection;
import org.hibernate.collection.spi.PersistentBag;
import org.hibernate.collection.spi.PersistentMap;
import org.hibernate.collection.spi.PersistentSet;
import org.hibernate.collection.spi.PersistentSortedMap;
import org.hibernate.collection.spi.PersistentSortedSet;
import org.hibernate.proxy.AbstractLazyInitializer;
import org.hibernate.proxy.HibernateProxy;
import org.jspecify.annotations.Nullable;
import org.springframework.cglib.proxy.MethodInterceptor;

/// Associations as Hibernate has them. What arrives unloaded is to Hibernate what it would be had
/// its session been closed in this process: a merge leaves a collection as it is and finds an
/// entity by its id, and who touches it gets a [LazyInitializationException].
final class HibernateAssociations implements Associations {

  private final UnloadedEntities entities = new UnloadedEntities(HibernateProxy.class);

  @Override
  public boolean loaded(Object value) {
    return Hibernate.isInitialized(value);
  }

  @Override
  public Object entity(Object value) {
    return Hibernate.unproxy(value);
  }

  @Override
  public @Nullable Object id(Object reference) {
    var initializer = HibernateProxy.extractLazyInitializer(reference);
    return initializer == null ? null : initializer.getInternalIdentifier();
  }

  @Override
  public @Nullable Object absent(Field field, @Nullable Object id) {
    var type = field.getType();
    if (type.isInterface()) {
      return collection(field);
    }
    return UnloadedEntities.possible(type)
        ? entities.create(type, refusal(field, id, new Unconnected(type, id)))
        : null;
  }

  private static Object collection(Field field) {
    var type = field.getType();
    AbstractPersistentCollection<?> collection;
    if (SortedMap.class.isAssignableFrom(type)) {
      collection = new PersistentSortedMap<>();
    } else if (Map.class.isAssignableFrom(type)) {
      collection = new PersistentMap<>();
    } else if (SortedSet.class.isAssignableFrom(type)) {
      collection = new PersistentSortedSet<>();
    } else if (Set.class.isAssignableFrom(type)) {
      collection = new PersistentSet<>();
    } else {
      collection = new PersistentBag<>();
    }
    // its name in messages; the key of its owner is known to the database alone
    collection.setSnapshot(null, field.getDeclaringClass().getName() + "." + field.getName(), null);
    return collection;
  }

  private static MethodInterceptor refusal(
      Field field, @Nullable Object id, Unconnected initializer) {
    return (self, method, _, _) -> {
      if (method.getDeclaringClass() == HibernateProxy.class) {
        return method.getName().equals("getHibernateLazyInitializer") ? initializer : self;
      }
      if (UnloadedEntities.tellsId(method, id)) {
        return id;
      }
      throw new LazyInitializationException(Refusal.of(field, id));
    };
  }

  /// What Hibernate asks a proxy for. It has no session and never gets an entity.
  private static final class Unconnected extends AbstractLazyInitializer {

    private final Class<?> type;

    Unconnected(Class<?> type, @Nullable Object id) {
      super(type.getName(), id, null);
      this.type = type;
    }

    @Override
    public Class<?> getPersistentClass() {
      return type;
    }

    @Override
    public Class<?> getImplementationClass() {
      return type;
    }
  }
}
