package dev.myelin.samples.shapes.contract;

import dev.myelin.Microservice;

/// What can be done with figures; callers know this interface alone.
///
/// Annotated itself, so that the one bean that implements it is the service. Its operations are its
/// own methods, those with a body included, and those it inherits.
@Microservice
public interface Drawing extends Catalogue<Figure> {

  /// Works out the area of a figure.
  double area(Figure figure);

  /// Makes a figure larger.
  Figure scaled(Figure figure, double factor);

  /// Surrounds a figure without corners.
  Figure.Rectangle frame(Figure.Round figure);

  /// Describes a figure by its area.
  default String caption(Figure figure) {
    return "%s of %.2f".formatted(figure.getClass().getSimpleName(), area(figure));
  }

  /// Says how it draws.
  default String style() {
    return "plain";
  }
}
