package dev.myelin.samples.beans;

import static dev.myelin.samples.beans.Row.thrown;

import dev.myelin.CallException;
import dev.myelin.callpath.Sides;
import dev.myelin.samples.beans.Values.Box;
import dev.myelin.samples.beans.Values.Circle;
import dev.myelin.samples.beans.Values.Colour;
import dev.myelin.samples.beans.Values.Point;
import dev.myelin.samples.beans.Values.Segment;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;

/// Values and exceptions.
final class ValueRows {

  private static final Point POINT = new Point(3, 4);
  private static final UUID ID = new UUID(1, 2);

  private ValueRows() {}

  static List<Row> all() {
    return List.of(
        new Row("overloads", "int 1; long 1; list [1]", ValueRows::overloads),
        new Row(
            "`Optional`",
            "Optional[Point[x=3, y=4]], Optional.empty",
            sides ->
                values(sides).optional(Optional.of(POINT))
                    + ", "
                    + values(sides).optional(Optional.empty())),
        new Row(
            "`CompletableFuture`",
            POINT.toString(),
            sides -> values(sides).later(POINT).get(20, TimeUnit.SECONDS).toString()),
        new Row(
            "`Future`",
            POINT.toString(),
            sides -> values(sides).plainFuture(POINT).get(20, TimeUnit.SECONDS).toString()),
        new Row(
            "`UUID`, `URI`",
            "{00000000-0000-0001-0000-000000000002=a:b}",
            sides -> values(sides).links(Map.of(ID, URI.create("a:b"))).toString()),
        new Row(
            "maps with records as keys, and all within",
            "{Point[x=3, y=4]={GREEN=[Optional[1], Optional.empty]}}",
            sides ->
                values(sides)
                    .keys(
                        Map.of(
                            POINT, Map.of(Colour.GREEN, List.of(Optional.of(1), Optional.empty()))))
                    .toString()),
        new Row(
            "records in records",
            "Segment[from=Point[x=3, y=4], to=Point[x=3, y=4], marks={a=[Point[x=3, y=4]]}]",
            sides ->
                values(sides)
                    .segment(new Segment(POINT, POINT, Map.of("a", List.of(POINT))))
                    .toString()),
        new Row(
            "a sealed hierarchy",
            "Box[inside=[Circle[centre=Point[x=3, y=4], radius=0.5]]]",
            sides -> values(sides).shape(new Box(List.of(new Circle(POINT, 0.5)))).toString()),
        new Row(
            "`LocalDate`, `BigDecimal`",
            "{2026-02-28=1.50}",
            sides ->
                values(sides)
                    .amounts(Map.of(LocalDate.of(2026, 2, 28), new BigDecimal("1.50")))
                    .toString()),
        new Row(
            "`byte[]`, null, a variable number of enums",
            "[1, -1]; null; [RED, GREEN]",
            ValueRows::arrays),
        new Row("`void`", "returned", ValueRows::nothing),
        new Row(
            "an object that refers to itself",
            "itself",
            "`CallException` that names the path",
            ValueRows::cyclic),
        new Row(
            "`Page` and `Pageable`",
            "[Point[x=1, y=2]] of 7, page 2 of 4, a: DESC",
            ValueRows::page),
        new Row(
            "`Slice`",
            "[Point[x=1, y=2]], more: true",
            sides -> {
              var slice = values(sides).slice(PageRequest.of(0, 1));
              return "%s, more: %s".formatted(slice.getContent(), slice.hasNext());
            }),
        new Row(
            "`Sort`", "a: DESC", sides -> values(sides).sort(Sort.by("a").ascending()).toString()),
        new Row(
            "an exception with a field that can be carried and one that cannot (a `Thread`)",
            "left 3, the thread",
            "left 3, null",
            ValueRows::refused),
        new Row("an `Error` of the application", "`Broken: for good`", ValueRows::broken),
        new Row("a `StackOverflowError`", "`StackOverflowError: null`", ValueRows::overflow));
  }

  private static Values values(Sides sides) {
    return sides.caller().getBean(Values.class);
  }

  private static String overloads(Sides sides) {
    var values = values(sides);
    return "%s; %s; %s".formatted(values.of(1), values.of(1L), values.of(List.of(1)));
  }

  private static String arrays(Sides sides) {
    var values = values(sides);
    return "%s; %s; %s"
        .formatted(
            Arrays.toString(values.bytes(new byte[] {1, -1})),
            Arrays.toString(values.bytes(null)),
            Arrays.toString(values.colours(Colour.RED, Colour.GREEN)));
  }

  private static String nothing(Sides sides) {
    values(sides).nothing();
    return "returned";
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the same object is the question
  private static String cyclic(Sides sides) {
    var node = new Values.Node();
    node.next = node;
    try {
      var back = values(sides).chain(node);
      return back.next == back ? "itself" : "another";
    } catch (CallException e) {
      return "`CallException` that names the path"
          + (String.valueOf(e.getMessage()).contains("'first.next.next.next") ? "" : " not: " + e);
    }
  }

  private static String page(Sides sides) {
    var page = values(sides).page(PageRequest.of(1, 2, Sort.by("a").descending()));
    return "%s of %d, page %d of %d, %s"
        .formatted(
            page.getContent(),
            page.getTotalElements(),
            page.getNumber() + 1,
            page.getTotalPages(),
            page.getSort());
  }

  private static String refused(Sides sides) {
    try {
      values(sides).refuse(3);
      return "nothing";
    } catch (Values.Refused e) {
      return "left %d, %s".formatted(e.left(), e.holder() == null ? "null" : "the thread");
    }
  }

  private static String broken(Sides sides) {
    return thrown(() -> {
      values(sides).breakDown();
      return "nothing";
    });
  }

  private static String overflow(Sides sides) {
    return thrown(() -> values(sides).deep(0));
  }
}
