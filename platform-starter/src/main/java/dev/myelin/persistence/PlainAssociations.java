package dev.myelin.persistence;

import dev.myelin.wire.codec.Associations;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Associations in a process without a persistence provider: nothing here is unloaded, what comes
/// so from others refuses with an [IllegalStateException].
final class PlainAssociations implements Associations {

  private final UnloadedEntities entities = new UnloadedEntities();

  @Override
  public boolean loaded(Object value) {
    return true;
  }

  @Override
  public Object entity(Object value) {
    return value;
  }

  @Override
  public @Nullable Object id(Object reference) {
    return null;
  }

  @Override
  public @Nullable Object absent(Field field, @Nullable Object id) {
    var type = field.getType();
    if (type.isInterface()) {
      InvocationHandler refusal =
          (_, _, _) -> {
            throw new IllegalStateException(Refusal.of(field, null));
          };
      return Proxy.newProxyInstance(
          PlainAssociations.class.getClassLoader(), new Class<?>[] {type}, refusal);
    }
    return UnloadedEntities.possible(type)
        ? entities.create(
            type,
            (_, method, _, _) -> {
              if (UnloadedEntities.tellsId(method, id)) {
                return id;
              }
              throw new IllegalStateException(Refusal.of(field, id));
            })
        : null;
  }
}
