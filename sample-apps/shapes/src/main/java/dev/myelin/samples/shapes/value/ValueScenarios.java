package dev.myelin.samples.shapes.value;

import dev.myelin.samples.shapes.ScenarioSet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Passes single values there and back.
@Component
final class ValueScenarios implements ScenarioSet {

  private static final int LARGE = 1 << 20;

  private final Values values;

  ValueScenarios(Values values) {
    this.values = values;
  }

  @Override
  public Map<String, Scenario> scenarios() {
    var scenarios = new HashMap<String, Scenario>();
    addTexts(scenarios);
    addNumbers(scenarios);
    addOthers(scenarios);
    return scenarios;
  }

  private void addTexts(Map<String, Scenario> scenarios) {
    scenarios.put("value.text", () -> values.reversed("grüß Gott, 世界 🙂\u0000\n"));
    scenarios.put("value.text-empty", () -> values.reversed(""));
    scenarios.put("value.text-large", () -> values.reversed("0123456789abcdeé".repeat(LARGE / 16)));
    scenarios.put("value.null-argument", () -> values.swapNothing(null));
    scenarios.put("value.null-result", () -> values.swapNothing("nothing"));
    scenarios.put("value.bytes", () -> values.flipped(new byte[] {0, 1, 127, -128, -1}));
    scenarios.put("value.bytes-empty", () -> values.flipped(new byte[0]));
    scenarios.put("value.bytes-large", () -> values.flipped(largeBytes()));
  }

  private static byte[] largeBytes() {
    var bytes = new byte[LARGE];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  private void addNumbers(Map<String, Scenario> scenarios) {
    scenarios.put(
        "value.primitives-least",
        () ->
            values.primitives(
                true,
                Byte.MIN_VALUE,
                Short.MIN_VALUE,
                Character.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                -0.0));
    scenarios.put(
        "value.primitives-most",
        () ->
            values.primitives(
                false,
                Byte.MAX_VALUE,
                Short.MAX_VALUE,
                'Ω',
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Double.MAX_VALUE));
    scenarios.put(
        "value.primitives-not-a-number",
        () -> values.primitives(false, (byte) 0, (short) 0, ' ', 0, 0, Double.NaN));
    scenarios.put("value.boxed", () -> values.sum(Integer.MAX_VALUE, 1L));
    scenarios.put("value.boxed-null", () -> values.sum(null, 1L));
    scenarios.put(
        "value.big-decimal", () -> values.half(new BigDecimal("-12345678901234567890.10")));
    scenarios.put("value.big-decimal-scale", () -> values.half(new BigDecimal("2E+30")));
    scenarios.put("value.big-integer", () -> values.square(BigInteger.TEN.pow(60).negate()));
  }

  private void addOthers(Map<String, Scenario> scenarios) {
    scenarios.put("value.enum", () -> values.opposite(Operator.PLUS));
    scenarios.put("value.enum-with-body", () -> values.calculated(Operator.MINUS, 3, 5));
    scenarios.put(
        "value.uuid", () -> values.mixed(new UUID(0x0123456789abcdefL, 1), new UUID(2, -1)));
    scenarios.put(
        "value.uri",
        () -> values.resolved(URI.create("https://example.org/a/b?c=%20#d"), URI.create("../e?f")));
    scenarios.put("value.class-with-setters", () -> values.wrapped(parcel()));
    scenarios.put(
        "value.void",
        () -> {
          values.accept("anything");
          return "accepted";
        });
    scenarios.put(
        "value.void-that-throws",
        () -> {
          values.accept("");
          return "accepted";
        });
  }

  private static Parcel parcel() {
    var parcel = new Parcel();
    parcel.setName("book");
    parcel.setGrams(700);
    return parcel;
  }
}
