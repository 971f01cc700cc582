/// The goals of health: simulated by the trials of stethoscope-service's tests, and one stethoscope
/// under real heartbeats. Open [HealthTrials].
@NullMarked
package dev.myelin.benchmarks.health;

import org.jspecify.annotations.NullMarked;
