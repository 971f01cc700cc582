/// Checks of the Helm charts.
///
/// The charts are rendered with every values file, and what comes out is compared with the classes
/// of the API, the schemas of the values, the configuration metadata and the documentation; no
/// cluster is needed. Open [Chart] first.
@NullMarked
package dev.myelin.charts;

import org.jspecify.annotations.NullMarked;
