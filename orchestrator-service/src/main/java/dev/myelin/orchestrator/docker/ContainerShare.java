package dev.myelin.orchestrator.docker;

/// What a container may use of the machine.
///
/// @param memoryBytes most memory; 0 = no limit
/// @param cpus most processor time, in cores; 0 = no limit
/// @param singleCore whether it is pinned to one core
public record ContainerShare(long memoryBytes, double cpus, boolean singleCore) {}
