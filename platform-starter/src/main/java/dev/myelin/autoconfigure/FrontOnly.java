package dev.myelin.autoconfigure;

/// Tells the application's own beans, which act on its start in the front only, from those of
/// Spring and of the platform, which act on it in every process.
final class FrontOnly {

  private static final String PLATFORM = FrontOnly.class.getPackageName() + ".";

  private FrontOnly() {}

  /// Whether a bean is none of the application's.
  ///
  /// @param type class of the bean
  static boolean exempt(Class<?> type) {
    return type.getName().startsWith("org.springframework.") || type.getName().startsWith(PLATFORM);
  }
}
