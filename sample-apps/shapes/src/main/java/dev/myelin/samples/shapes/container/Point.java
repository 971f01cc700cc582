package dev.myelin.samples.shapes.container;

/// A point of a grid; also used as a key.
///
/// @param x to the right
/// @param y upwards
public record Point(int x, int y) {}
