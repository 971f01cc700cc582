/// Checks of the Helm charts, and what happens when they are installed.
///
/// `*Tests` render the charts with every values file and compare what comes out with the classes of
/// the API, the schemas of the values and the configuration metadata; they need no cluster. `*IT`
/// build images, install them in the cluster of `KUBECONFIG`, and use it. Open [Chart] first.
@NullMarked
package dev.myelin.charts;

import org.jspecify.annotations.NullMarked;
