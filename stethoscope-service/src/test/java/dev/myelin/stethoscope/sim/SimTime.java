package dev.myelin.stethoscope.sim;

import java.time.Duration;
import java.util.PriorityQueue;

/// The one clock of a simulation, and what is to happen when. Not thread-safe.
final class SimTime {

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  // Far from zero, as System.nanoTime() may be
  private long now = -1L << 40;
  private long count;

  private record Event(long due, long number, Runnable action) implements Comparable<Event> {

    @Override
    public int compareTo(Event other) {
      return due == other.due ? Long.compare(number, other.number) : Long.compare(due, other.due);
    }
  }

  long now() {
    return now;
  }

  void at(long due, Runnable action) {
    events.add(new Event(Math.max(due, now), count++, action));
  }

  void after(Duration delay, Runnable action) {
    at(now + delay.toNanos(), action);
  }

  void every(Duration interval, Runnable action) {
    after(
        interval,
        () -> {
          action.run();
          every(interval, action);
        });
  }

  void run(Duration time) {
    long end = now + time.toNanos();
    while (!events.isEmpty() && events.peek().due() <= end) {
      var event = events.remove();
      now = event.due();
      event.action().run();
    }
    now = end;
  }
}
