package dev.myelin.benchmarks.objects;

/// What one call of one client told about one object.
///
/// @param session which client; its observations are in the order in which it made them
/// @param object which object
/// @param what what it told
record Observation(int session, int object, What what) {

  /// What a call told.
  sealed interface What {

    /// A write that was answered.
    ///
    /// @param write its name
    /// @param number which write of the object it was, from 1
    /// @param before name of the write before it; empty for the first
    record Written(String write, long number, String before) implements What {}

    /// A write of which it is not known whether it happened.
    ///
    /// @param write its name
    record Unknown(String write) implements What {}

    /// A write that did not happen, as its caller was told.
    ///
    /// @param write its name
    record NotWritten(String write) implements What {}

    /// A read.
    ///
    /// @param number how many writes it saw
    /// @param last name of the last of them; empty if there was none
    record Read(long number, String last) implements What {}

    /// A read that failed.
    record Nothing() implements What {}

    /// A read after all else had ended: what is left.
    ///
    /// @param number how many writes there are
    /// @param last name of the last of them; empty if there is none
    record Left(long number, String last) implements What {}
  }
}
