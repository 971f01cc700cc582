package dev.myelin.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/// Names and keys of the observation of a served operation; a bean of this type replaces them.
///
/// Without one: name `myelin.serve`, contextual name `service.operation`, and the low-cardinality
/// keys `service`, `operation` and `outcome`. The outcome is `SUCCESS`, `THROWN` where the
/// operation threw an exception, or the name of the [dev.myelin.Status] of a call that failed;
/// `UNKNOWN` until it ends.
public interface ServeObservationConvention extends ObservationConvention<ServeObservationContext> {

  /// Name of the observation.
  String NAME = "myelin.serve";

  @Override
  default String getName() {
    return NAME;
  }

  @Override
  default String getContextualName(ServeObservationContext context) {
    return context.operation().toString();
  }

  @Override
  default KeyValues getLowCardinalityKeyValues(ServeObservationContext context) {
    return OperationKeys.values(context.operation(), context.outcome());
  }

  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof ServeObservationContext;
  }
}
