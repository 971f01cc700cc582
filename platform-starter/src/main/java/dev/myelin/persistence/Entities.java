package dev.myelin.persistence;

import dev.myelin.wire.codec.Associations;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/// Knows of unloaded associations what the persistence provider of this process knows.
public final class Entities {

  private static final String HIBERNATE = "org.hibernate.Hibernate";

  private Entities() {}

  /// The associations as Hibernate has them, where it is on the class path: what arrives unloaded
  /// is one of Hibernate's own proxies and collections, which it takes back in a merge. Without it,
  /// an object that refuses every access.
  ///
  /// @param loader where the application's classes are
  public static Associations associations(@Nullable ClassLoader loader) {
    return ClassUtils.isPresent(HIBERNATE, loader)
        ? new HibernateAssociations()
        : new PlainAssociations();
  }
}
