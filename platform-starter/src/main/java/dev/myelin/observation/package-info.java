/// One Micrometer observation for each call and for each served operation.
///
/// A call and, at its end, its outcome go in; a timer, a span and whatever else the application's
/// observation handlers make of it come out, and the trace travels with the call. Nothing here is
/// made where the application has no observation registry, or one without a handler. Where nothing
/// but timers would come out, [CallTimers] makes these alone. Open [CallObserver] first.
@NullMarked
package dev.myelin.observation;

import org.jspecify.annotations.NullMarked;
