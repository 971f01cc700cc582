package dev.myelin.samples.shapes.contract;

import dev.myelin.samples.shapes.contract.Figure.Circle;
import dev.myelin.samples.shapes.contract.Figure.Ellipse;
import dev.myelin.samples.shapes.contract.Figure.Group;
import dev.myelin.samples.shapes.contract.Figure.Rectangle;
import dev.myelin.samples.shapes.contract.Figure.Round;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// The one implementation, hidden in its package.
@Component
final class PencilDrawing implements Drawing {

  @Override
  public Figure item(String name) {
    return switch (name) {
      case "dot" -> new Circle(0.5);
      case "egg" -> new Ellipse(3, 4);
      case "card" -> new Rectangle(8.5, 5.5);
      default -> throw new IllegalArgumentException("no figure is named '" + name + "'");
    };
  }

  @Override
  public List<String> names(List<? extends Figure> items) {
    return items.stream()
        .map(item -> item.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .toList();
  }

  @Override
  public double area(Figure figure) {
    return switch (figure) {
      case Circle(var radius) -> Math.PI * radius * radius;
      case Ellipse(var width, var height) -> Math.PI * width * height;
      case Rectangle(var width, var height) -> width * height;
      case Group(var members) -> members.stream().mapToDouble(this::area).sum();
    };
  }

  @Override
  public Figure scaled(Figure figure, double factor) {
    return switch (figure) {
      case Circle(var radius) -> new Circle(radius * factor);
      case Ellipse(var width, var height) -> new Ellipse(width * factor, height * factor);
      case Rectangle(var width, var height) -> new Rectangle(width * factor, height * factor);
      case Group(var members) ->
          new Group(members.stream().map(member -> scaled(member, factor)).toList());
    };
  }

  @Override
  public Rectangle frame(Round figure) {
    return switch (figure) {
      case Circle(var radius) -> new Rectangle(2 * radius, 2 * radius);
      case Ellipse(var width, var height) -> new Rectangle(2 * width, 2 * height);
    };
  }

  @Override
  public String style() {
    return "pencil";
  }
}
