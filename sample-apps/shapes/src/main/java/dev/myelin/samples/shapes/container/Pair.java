package dev.myelin.samples.shapes.container;

/// Two values.
///
/// @param <A> type of the first
/// @param <B> type of the second
/// @param first the first
/// @param second the second
public record Pair<A, B>(A first, B second) {

  /// The same values the other way round.
  Pair<B, A> swapped() {
    return new Pair<>(second, first);
  }
}
