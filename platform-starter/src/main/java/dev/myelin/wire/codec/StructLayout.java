package dev.myelin.wire.codec;

import java.util.List;
import java.util.Map;

/// How the fields of a class meet those that the server declared for it.
///
/// @param type the class
/// @param members its fields
/// @param construction how an instance is made of them
/// @param slots the server's fields, in order
/// @param missing for the index of each field that the server did not declare, what reads its value
///   out of nothing
record StructLayout(
    Class<?> type,
    List<Shape.Struct.Member> members,
    Construction construction,
    List<Slot> slots,
    Map<Integer, MissingPart> missing) {

  /// Marks a slot for which the class has no field.
  static final int NO_MEMBER = -1;

  /// One field that the server declared.
  ///
  /// @param name its name
  /// @param member index of the field of the class; [#NO_MEMBER] if there is none
  /// @param part writes and reads it
  /// @param carrier how the value travels
  record Slot(String name, int member, Part part, Carrier carrier) {}
}
