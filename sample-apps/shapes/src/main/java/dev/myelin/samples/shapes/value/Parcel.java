package dev.myelin.samples.shapes.value;

import org.jspecify.annotations.Nullable;

/// An item on its way; inherits fields, and may hold another parcel.
public final class Parcel extends Item {

  private int grams;
  private @Nullable Parcel inside;

  /// Its weight, without the one inside.
  public int getGrams() {
    return grams;
  }

  /// Weighs it.
  public void setGrams(int grams) {
    this.grams = grams;
  }

  /// The parcel in it, if any.
  public @Nullable Parcel getInside() {
    return inside;
  }

  /// Puts another parcel into it.
  public void setInside(@Nullable Parcel inside) {
    this.inside = inside;
  }

  @Override
  public String toString() {
    return "%s of %d g around %s".formatted(getName(), grams, inside);
  }
}
