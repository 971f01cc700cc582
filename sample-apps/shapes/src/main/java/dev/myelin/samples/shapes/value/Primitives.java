package dev.myelin.samples.shapes.value;

/// One component of each primitive type.
///
/// @param truth a boolean
/// @param tiny a byte
/// @param small a short
/// @param letter a char
/// @param medium an int
/// @param large a long
/// @param rough a float
/// @param fine a double
public record Primitives(
    boolean truth,
    byte tiny,
    short small,
    char letter,
    int medium,
    long large,
    float rough,
    double fine) {}
