package dev.myelin.samples.shapes.contract;

import java.util.List;

/// Something that can be drawn: a sealed hierarchy of records, two levels high.
public sealed interface Figure {

  /// A figure without corners.
  sealed interface Round extends Figure {}

  /// A circle.
  ///
  /// @param radius from the centre to the line
  record Circle(double radius) implements Round {}

  /// An ellipse.
  ///
  /// @param width half of it
  /// @param height half of it
  record Ellipse(double width, double height) implements Round {}

  /// A rectangle.
  ///
  /// @param width from left to right
  /// @param height from bottom to top
  record Rectangle(double width, double height) implements Figure {}

  /// Figures that belong together.
  ///
  /// @param members the figures
  record Group(List<Figure> members) implements Figure {

    /// Copies the members.
    public Group {
      members = List.copyOf(members);
    }
  }
}
