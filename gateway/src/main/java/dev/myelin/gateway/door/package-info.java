/// A port at which several gateways of one host stand in for each other.
///
/// The port enters as a property; whichever gateway is there takes its connections. Open [Door]
/// first.
@NullMarked
package dev.myelin.gateway.door;

import org.jspecify.annotations.NullMarked;
