/// A Spring Boot application whose instances are processes of their own.
///
/// Open [dev.myelin.benchmarks.instance.InstanceApplication] first.
@NullMarked
package dev.myelin.benchmarks.instance;

import org.jspecify.annotations.NullMarked;
