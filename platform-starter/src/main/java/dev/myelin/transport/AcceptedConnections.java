package dev.myelin.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bounds how many connections are open that others have made. Thread-safe.
///
/// Who has not said hello yet is a stranger. When no place is left, the stranger that has waited
/// longest goes: a caller says hello at once, so whoever only occupies places cannot keep callers
/// out. Where all have said hello, the newcomer is refused.
final class AcceptedConnections {

  private final int max;

  @GuardedBy("this")
  private final Set<Place> strangers = new LinkedHashSet<>();

  @GuardedBy("this")
  private int taken;

  AcceptedConnections(int max) {
    this.max = max;
  }

  int max() {
    return max;
  }

  /// Connections that have a place.
  synchronized int taken() {
    return taken;
  }

  /// A place for a connection that was just accepted; null if there is none.
  ///
  /// @param evict ends the connection; called on any thread
  @Nullable Place enter(Runnable evict) {
    Place oldest = null;
    var place = new Place(evict);
    synchronized (this) {
      if (taken >= max) {
        if (strangers.isEmpty()) {
          return null;
        }
        oldest = strangers.iterator().next();
        remove(oldest);
      }
      taken++;
      strangers.add(place);
    }
    if (oldest != null) {
      oldest.evict.run();
    }
    return place;
  }

  @GuardedBy("this")
  private void remove(Place place) {
    if (place.held) {
      place.held = false;
      strangers.remove(place);
      taken--;
    }
  }

  /// A connection's place.
  final class Place {

    private final Runnable evict;
    private boolean held = true;

    private Place(Runnable evict) {
      this.evict = evict;
    }

    /// The connection has said hello.
    void greeted() {
      synchronized (AcceptedConnections.this) {
        strangers.remove(this);
      }
    }

    /// The connection has ended.
    void leave() {
      synchronized (AcceptedConnections.this) {
        remove(this);
      }
    }
  }
}
