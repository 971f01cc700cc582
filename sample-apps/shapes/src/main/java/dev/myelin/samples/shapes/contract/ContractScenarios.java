package dev.myelin.samples.shapes.contract;

import dev.myelin.samples.shapes.ScenarioSet;
import dev.myelin.samples.shapes.contract.Figure.Circle;
import dev.myelin.samples.shapes.contract.Figure.Ellipse;
import dev.myelin.samples.shapes.contract.Figure.Group;
import dev.myelin.samples.shapes.contract.Figure.Rectangle;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Calls services that are annotated elsewhere than on a class of their own.
@Component
final class ContractScenarios implements ScenarioSet {

  private static final Figure GROUP =
      new Group(List.of(new Rectangle(2, 3), new Group(List.of(new Rectangle(1, 1)))));

  private final Drawing drawing;
  private final Function<Order, Invoice> invoicing;
  private final PostOffice.Stamps stamps;

  ContractScenarios(Drawing drawing, Function<Order, Invoice> invoicing, PostOffice.Stamps stamps) {
    this.drawing = drawing;
    this.invoicing = invoicing;
    this.stamps = stamps;
  }

  @Override
  public Map<String, Scenario> scenarios() {
    var scenarios = new HashMap<String, Scenario>();
    addDrawing(scenarios);
    scenarios.put("contract.function", () -> invoicing.apply(order()));
    scenarios.put("contract.nested-class", () -> List.of(stamps.postage(20), stamps.postage(21)));
    return scenarios;
  }

  private void addDrawing(Map<String, Scenario> scenarios) {
    scenarios.put("contract.sealed", () -> drawing.area(new Circle(2)));
    scenarios.put("contract.sealed-nested", () -> drawing.scaled(GROUP, 2));
    scenarios.put("contract.sealed-part", () -> drawing.frame(new Ellipse(1, 2)));
    scenarios.put("contract.default-method", () -> drawing.caption(GROUP));
    scenarios.put("contract.default-method-overridden", () -> drawing.style());
    scenarios.put("contract.inherited-generic-result", () -> drawing.item("egg"));
    scenarios.put(
        "contract.inherited-wildcard",
        () -> drawing.names(List.of(new Circle(1), new Ellipse(1, 2))));
    scenarios.put("contract.inherited-that-throws", () -> drawing.item("cube"));
  }

  private static Order order() {
    return new Order(
        "ada",
        LocalDate.of(2024, 1, 31),
        List.of(
            new Order.Line("pen", 3, new BigDecimal("1.50")),
            new Order.Line("ink", 1, new BigDecimal("12.005"))));
  }
}
