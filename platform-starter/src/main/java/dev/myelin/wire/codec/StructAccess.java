package dev.myelin.wire.codec;

import java.util.List;

/// Writes and reads the fields of one class; its subclasses are made by [StructGenerator].
abstract class StructAccess {

  private final List<String> fields;

  /// Creates one.
  ///
  /// @param fields names of the fields in the order in which they are written
  StructAccess(List<String> fields) {
    this.fields = fields;
  }

  /// Writes the fields.
  ///
  /// @param value an instance of the class itself
  abstract void write(Object value, Output output);

  /// Reads the fields and makes an instance of them.
  ///
  /// @throws Throwable what the constructor of the class throws
  abstract Object read(Input input) throws Throwable;

  /// Adds the field that was being written to the path of a misfit.
  final MisfitException trace(MisfitException misfit, int field) {
    return misfit.within("." + fields.get(field));
  }
}
