package dev.myelin.samples.beans;

import dev.myelin.callpath.Sides;
import dev.myelin.samples.beans.Shaped.Entry;
import dev.myelin.samples.beans.elsewhere.Almanac;
import dev.myelin.samples.beans.module.Stock;
import java.util.List;
import java.util.function.Function;

/// Beans of every shape.
final class ShapeRows {

  private ShapeRows() {}

  static List<Row> all() {
    return List.of(
        new Row("`@Primary`", "flat 1", sides -> till(sides).primary()),
        new Row("`@Qualifier`", "stepped 2", sides -> till(sides).fine()),
        new Row(
            "two implementations of one interface",
            "[flat 3, stepped 3]",
            sides -> till(sides).all().toString()),
        new Row(
            "a package-private class",
            "found",
            sides -> sides.caller().getBean(Hidden.class).found()),
        new Row(
            "a package-private class of another package, behind an interface",
            "3",
            sides -> String.valueOf(sides.caller().getBean(Stock.class).of("pen"))),
        new Row(
            "a nested class",
            "flat 5",
            sides -> sides.caller().getBean(Shaped.FlatTariff.class).of(5)),
        new Row(
            "a class hierarchy with generics",
            "null, then Entry[key=a, values=[1, 2]]",
            ShapeRows::hierarchy),
        new Row("a `@Bean` `Function`", "LOUD", ShapeRows::function),
        new Row(
            "a bean of another auto-configuration",
            "366",
            sides -> String.valueOf(sides.caller().getBean(Almanac.class).days())),
        new Row(
            "a `FactoryBean`",
            "made by the factory",
            sides -> "made by " + sides.caller().getBean(Shaped.Made.class).by()),
        new Row(
            "an annotated interface",
            "hi!hi!",
            sides -> sides.caller().getBean(Shaped.Echo.class).twice("hi")));
  }

  private static Shaped.Till till(Sides sides) {
    return sides.caller().getBean(Shaped.Till.class);
  }

  private static String hierarchy(Sides sides) {
    var store = sides.caller().getBean(Shaped.EntryStore.class);
    var before = store.put("a", new Entry("a", List.of(1, 2)));
    return before + ", then " + store.get("a");
  }

  @SuppressWarnings("unchecked") // the bean's own type
  private static String function(Sides sides) {
    return ((Function<String, String>) sides.caller().getBean("shout")).apply("loud");
  }
}
