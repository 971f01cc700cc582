/// The clocks everything else reads: dates from one, intervals from the other. Open [Time].
@NullMarked
package dev.myelin.orchestrator.time;

import org.jspecify.annotations.NullMarked;
