package dev.myelin.samples.shapes.value;

/// An enum whose constants have bodies, and so classes of their own.
public enum Operator {
  /// Adds.
  PLUS {
    @Override
    int apply(int left, int right) {
      return left + right;
    }
  },
  /// Subtracts.
  MINUS {
    @Override
    int apply(int left, int right) {
      return left - right;
    }
  };

  /// Works out the result.
  ///
  /// @param left first operand
  /// @param right second operand
  abstract int apply(int left, int right);
}
