package dev.myelin.pubsub.membership;

/// The name of a membership log, which tells whose successor it is.
///
/// All logs of one cluster, one after the other, are a lineage. Each is a term of it, and has
/// versions of its own that are greater than all versions of the terms before: so of two positions
/// in a lineage the one with the greater version has seen more, whichever pubsub it comes from.
/// Positions of different lineages say nothing about each other.
///
/// @param lineage what the logs of the cluster have in common
/// @param term counts them from 1
public record Generation(String lineage, long term) {

  // Changes that a term may have before its versions reach those of the next one: at 1,000 a
  // second, seven weeks. Nothing breaks then, but a subscriber might be sent a snapshot too many.
  private static final int BITS = 32;

  /// Checks the term.
  public Generation {
    if (term < 1) {
      throw new IllegalArgumentException("Term %d is less than 1".formatted(term));
    }
  }

  /// The first version of the term.
  public long firstVersion() {
    return ((term - 1) << BITS) + 1;
  }

  /// Whether two generations are of the same lineage.
  ///
  /// @param one the name of a generation
  /// @param other the name of another
  public static boolean related(String one, String other) {
    return lineage(one).equals(lineage(other));
  }

  private static String lineage(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /// Its name on the wire.
  @Override
  public String toString() {
    return lineage + "." + term;
  }
}
