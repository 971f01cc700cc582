package dev.myelin.samples.beans;

import static dev.myelin.samples.beans.Row.thrownType;

import dev.myelin.CallException;
import dev.myelin.callpath.Sides;
import dev.myelin.samples.beans.Persistent.Desk;
import dev.myelin.samples.beans.Persistent.Purchase;
import java.util.List;
import java.util.Objects;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;

/// Entities and repositories.
final class PersistentRows {

  private PersistentRows() {}

  static List<Row> all() {
    return List.of(
        new Row("a JPA entity, its lines loaded", "[pen, ink]", PersistentRows::loaded),
        new Row(
            "a lazy collection that was not loaded, when touched",
            "`LazyInitializationException`",
            PersistentRows::unloadedCollection),
        new Row(
            "a lazy reference that was not loaded, when touched",
            "has its id; `LazyInitializationException`",
            PersistentRows::unloadedReference),
        new Row("a lazy reference that was loaded later", "Ada", PersistentRows::loadedReference),
        new Row(
            "an entity as an argument, to be merged, its lines not loaded",
            "relabelled: [pen, ink] of Ada",
            PersistentRows::merged),
        new Row(
            "entities that refer to each other, loaded",
            "1 purchase of Ada",
            "`CallException` that names the path",
            PersistentRows::cyclic),
        new Row(
            "a repository annotated itself",
            "saved; found; [x1, x2]; the last of all: [x2]; deleted",
            PersistentRows::repository),
        new Row(
            "what a repository inherits and cannot be carried (`findAll(Example)`)",
            "1",
            "`CallException` that says why",
            PersistentRows::example));
  }

  private static Desk desk(Sides sides, String label) {
    var desk = sides.caller().getBean(Desk.class);
    desk.place(label, "Ada", List.of("pen", "ink"));
    return desk;
  }

  private static String loaded(Sides sides) {
    return desk(sides, "a").withLines("a").getLines().toString();
  }

  private static String unloadedCollection(Sides sides) {
    var purchase = desk(sides, "b").find("b");
    return thrownType(() -> purchase.getLines().size());
  }

  private static String unloadedReference(Sides sides) {
    var customer = desk(sides, "c").find("c").getCustomer();
    return "%s; %s"
        .formatted(
            customer.getId() == null ? "has no id" : "has its id", thrownType(customer::getName));
  }

  private static String loadedReference(Sides sides) {
    return desk(sides, "d").withCustomer("d").getCustomer().getName();
  }

  private static String merged(Sides sides) {
    var desk = desk(sides, "e");
    desk.relabel(desk.find("e"), "relabelled");
    return "relabelled: %s of %s"
        .formatted(
            desk.withLines("relabelled").getLines(),
            desk.withCustomer("relabelled").getCustomer().getName());
  }

  private static String cyclic(Sides sides) {
    var desk = desk(sides, "f");
    try {
      var customer = desk.customer("f");
      return "%d purchase of %s".formatted(customer.getPurchases().size(), customer.getName());
    } catch (CallException e) {
      return "`CallException` that names the path"
          + (String.valueOf(e.getMessage())
                  .contains("'Customer.purchases[0].customer.purchases[0].customer")
              ? ""
              : " not: " + e.getMessage());
    }
  }

  private static String repository(Sides sides) {
    var purchases = sides.caller().getBean(Purchases.class);
    desk(sides, "x1");
    desk(sides, "x2");
    var first = purchases.findByLabel("x1");
    var id = Objects.requireNonNull(first.getId());
    boolean saved = Objects.equals(purchases.save(first).getId(), id);
    boolean found = purchases.findById(id).isPresent();
    var both = purchases.findByLabelStartingWithOrderByLabel("x");
    var last = purchases.findAll(PageRequest.of(0, 1, Sort.by("label").descending()));
    purchases.deleteById(id);
    return "%s; %s; %s; the last of all: %s; %s"
        .formatted(
            saved ? "saved" : "not saved",
            found ? "found" : "not found",
            both.stream().map(Purchase::getLabel).toList(),
            last.map(Purchase::getLabel).getContent(),
            purchases.existsById(id) ? "not deleted" : "deleted");
  }

  private static String example(Sides sides) {
    desk(sides, "g");
    var purchases = sides.caller().getBean(Purchases.class);
    try {
      var probe = new Purchase("g", new Persistent.Customer("Ada"), List.of());
      var byLabel = ExampleMatcher.matching().withIgnorePaths("id", "customer", "lines", "tags");
      return String.valueOf(purchases.findAll(Example.of(probe, byLabel)).size());
    } catch (CallException e) {
      return "`CallException` that says why"
          + (String.valueOf(e.getMessage()).contains("org.springframework.data.domain.Example")
              ? ""
              : " not: " + e.getMessage());
    }
  }
}
