package dev.myelin.wire.codec;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Knows which types are carried as records. Thread-safe; answers the same for a type every time.
@FunctionalInterface
public interface Surrogates {

  /// Every type is carried as itself.
  Surrogates NONE = _ -> null;

  /// How a type is carried; null if as itself.
  ///
  /// @param type a declared type
  @Nullable Surrogate<?, ?> find(Class<?> type);

  /// A fixed set.
  ///
  /// @param surrogates at most one for a type
  /// @throws IllegalStateException if there are two for one type
  static Surrogates of(List<Surrogate<?, ?>> surrogates) {
    var byType =
        surrogates.stream().collect(Collectors.toMap(Surrogate::type, Function.identity()));
    return byType::get;
  }

  /// These, and others for what they do not know.
  ///
  /// @param others asked second
  default Surrogates or(Surrogates others) {
    return type -> {
      var found = find(type);
      return found == null ? others.find(type) : found;
    };
  }
}
