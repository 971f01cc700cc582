package dev.myelin.benchmarks.variant;

import dev.myelin.benchmarks.basket.PriceList;
import java.io.IOException;
import java.util.Set;

/// One way of calling the price list from another process: Myelin's, a rival's, or the raw echo.
///
/// The two sides are opened in different JVMs, so what they agree on is in the class alone. A
/// variant holds no state: each [#serve] and each [#connect] opens something of its own, and both
/// may happen in one JVM. All traffic stays on the loopback interface.
public interface Variant {

  /// Returns the name in options and tables, in kebab case.
  String name();

  /// Returns the kinds of callers that it is measured with.
  Set<CallerKind> kinds();

  /// Says in one line which settings differ from the defaults, and which defaults matter.
  String settings();

  /// Opens a server for the bean on a free port of the loopback interface; it takes calls when this
  /// returns.
  ///
  /// @throws IOException if no server could be opened
  Serving serve(PriceList prices) throws IOException;

  /// Connects to a server of the same variant on this machine.
  ///
  /// @param kind one of [#kinds]; what is returned is [Caller.Async] for [CallerKind#ASYNC] and
  ///   [Caller.Blocking] for all others
  /// @throws IOException if the server could not be reached
  Caller connect(int port, CallerKind kind) throws IOException;
}
