package dev.myelin.samples.shapes.value;

/// Something with a name; a class of the old kind, with setters.
public class Item {

  private String name = "";

  /// Its name.
  public String getName() {
    return name;
  }

  /// Names it.
  public void setName(String name) {
    this.name = name;
  }
}
