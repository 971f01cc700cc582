/// Every shape of call, the same in one process and across processes.
///
/// The packages below hold services, each with the [scenarios][ScenarioSet] that call them;
/// [Scenarios] runs them all and turns what a caller sees into text, so that two runs can be
/// compared; [ShapesController] offers that as JSON. Open [Scenarios] first.
@NullMarked
package dev.myelin.samples.shapes;

import org.jspecify.annotations.NullMarked;
