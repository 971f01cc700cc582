package dev.myelin.benchmarks.start;

import java.time.Duration;

/// What one start came to.
///
/// @param took time from the command to the registration
/// @param processor time of processors that it used until then
/// @param rss bytes of memory it held then, shared ones included
/// @param pss the same, shared ones divided by those who share them
public record StartedProcess(Duration took, Duration processor, long rss, long pss) {}
