package dev.myelin.storage.cache;

/// What comes next in the bytes of a cached value; its number is what is written, so none ever
/// means anything else.
enum ValueKind {
  /// Nothing.
  NULL(0),
  /// A text.
  STRING(1),
  /// Bytes.
  BYTES(2),
  /// An object of a class that is named here.
  FIRST_OF_CLASS(3),
  /// An object of a class that was named before.
  OBJECT(4),
  /// Elements in order.
  LIST(5),
  /// Elements once each, in order.
  SET(6),
  /// Elements by their own order.
  SORTED_SET(7),
  /// Entries in order.
  MAP(8),
  /// Entries by the order of their keys.
  SORTED_MAP(9),
  /// A value that is there.
  PRESENT(10),
  /// None.
  ABSENT(11);

  private static final ValueKind[] ALL = values();

  private final int number;

  ValueKind(int number) {
    this.number = number;
  }

  /// What is written for it.
  int number() {
    return number;
  }

  static ValueKind of(byte written) {
    for (var kind : ALL) {
      if (kind.number == written) {
        return kind;
      }
    }
    throw new IllegalArgumentException("%d is no kind of value".formatted(written));
  }
}
