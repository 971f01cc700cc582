/// The stores of one process: what an application has before anybody gives it servers, and what its
/// tests have. They pass the same suites as the ones with servers.
@NullMarked
package dev.myelin.storage.memory;

import org.jspecify.annotations.NullMarked;
