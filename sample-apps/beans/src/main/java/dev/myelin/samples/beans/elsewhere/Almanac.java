package dev.myelin.samples.beans.elsewhere;

/// A class of another library, which knows nothing of Myelin.
public class Almanac {

  Almanac() {}

  /// Days of a leap year.
  public int days() {
    return 366;
  }
}
