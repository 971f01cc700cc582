package dev.myelin.storage;

/// Who makes the tables of a store.
public enum SchemaMode {
  /// Myelin makes and migrates them; where it may not, it says what to run.
  MIGRATE,
  /// Somebody else does: Myelin says what to run where they are missing, and changes nothing.
  PRINT
}
