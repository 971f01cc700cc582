package dev.myelin.benchmarks.depth;

import dev.myelin.benchmarks.variant.Serving;
import java.io.IOException;

/// A way to call [Descent] in another process.
public interface DescentVariant {

  /// Its name in the table.
  String name();

  /// What was set otherwise than by default, for the reader of the table.
  String settings();

  /// Opens a server on a free port.
  ///
  /// @param descent what it serves
  Serving serve(Descent descent) throws IOException;

  /// Opens a client of a server on this machine.
  DescentClient connect(int port);
}
