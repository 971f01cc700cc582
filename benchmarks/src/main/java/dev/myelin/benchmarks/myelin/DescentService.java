package dev.myelin.benchmarks.myelin;

import dev.myelin.Microservice;
import dev.myelin.benchmarks.depth.Descent;

/// The descent as a user of Myelin annotates it.
@Microservice("descent")
public interface DescentService extends Descent {}
