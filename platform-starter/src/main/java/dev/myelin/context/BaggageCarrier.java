package dev.myelin.context;

import dev.myelin.wire.ContextFields;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Tracer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Carries chosen fields of Micrometer Tracing's baggage. Thread-safe.
public final class BaggageCarrier implements ContextCarrier {

  private static final String PREFIX = "baggage.";

  private final Tracer tracer;
  private final List<String> names;

  /// Carries what the tracer has under some names.
  ///
  /// @param tracer holds the baggage
  /// @param names the fields to carry
  public BaggageCarrier(Tracer tracer, List<String> names) {
    this.tracer = tracer;
    this.names = List.copyOf(names);
  }

  @Override
  public ContextFields write() {
    if (names.isEmpty()) {
      return ContextFields.EMPTY;
    }
    var fields = new ArrayList<ContextFields.Field>(names.size());
    for (var name : names) {
      var baggage = tracer.getBaggage(name);
      var value = baggage == null ? null : baggage.get();
      if (value != null) {
        fields.add(new ContextFields.Field(PREFIX + name, value));
      }
    }
    return fields.isEmpty() ? ContextFields.EMPTY : new ContextFields(fields);
  }

  // what the process was not told to carry is not taken in either
  @Override
  public ContextScope restore(ContextFields fields) {
    var scopes = new ArrayDeque<BaggageInScope>();
    for (var name : names) {
      fields
          .first(PREFIX + name)
          .ifPresent(value -> scopes.push(tracer.createBaggageInScope(name, value)));
    }
    return scopes.isEmpty() ? ContextScope.NONE : () -> scopes.forEach(BaggageInScope::close);
  }
}
