package dev.myelin.benchmarks.variant;

/// One line of the table: a variant with one kind of callers.
///
/// @param variant what is called with
/// @param kind who calls
public record Row(Variant variant, CallerKind kind) {

  /// Returns what names the row in options and tables, such as `echo/virtual`.
  public String id() {
    return variant.name() + "/" + kind.label();
  }
}
