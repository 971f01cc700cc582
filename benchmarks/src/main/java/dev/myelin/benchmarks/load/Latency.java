package dev.myelin.benchmarks.load;

/// How long calls took.
///
/// @param p50Micros half of them at most this many microseconds
/// @param p99Micros 99 of 100 at most this many microseconds
public record Latency(double p50Micros, double p99Micros) {}
