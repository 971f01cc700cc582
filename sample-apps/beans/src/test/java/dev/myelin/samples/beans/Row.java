package dev.myelin.samples.beans;

/// One row of the matrix.
///
/// @param bean what kind of bean
/// @param outcome what a caller sees
/// @param scenario finds out
record Row(String bean, String outcome, Scenario scenario) {

  /// Uses the bean.
  @FunctionalInterface
  interface Scenario {

    /// Says what a caller sees.
    String run(Sides sides) throws Exception;
  }

  @Override
  public String toString() {
    return bean;
  }

  /// What became of a call that throws.
  static String thrown(java.util.concurrent.Callable<?> call) {
    try {
      return String.valueOf(call.call());
    } catch (Exception e) {
      return "`%s: %s`".formatted(e.getClass().getSimpleName(), e.getMessage());
    }
  }
}
