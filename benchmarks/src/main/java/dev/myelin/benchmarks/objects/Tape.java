package dev.myelin.benchmarks.objects;

import dev.myelin.Exclusive;
import dev.myelin.MicroserviceObject;
import dev.myelin.ObjectId;
import dev.myelin.ReadOnly;

/// An object that counts its writes and knows the last one.
@MicroserviceObject(value = "tape", timeout = "5s")
class Tape {

  @ObjectId private final int id;
  private long number;
  private String last = "";

  /// What a write or a read tells.
  ///
  /// @param number writes so far
  /// @param last name of the last write, before the call
  record Position(long number, String last) {}

  Tape(int id) {
    this.id = id;
  }

  public int id() {
    return id;
  }

  @ReadOnly
  public Position read() {
    return new Position(number, last);
  }

  public Position write(String name) {
    var before = last;
    last = name;
    return new Position(++number, before);
  }

  @Exclusive
  public Position writeOnce(String name) {
    return write(name);
  }
}
