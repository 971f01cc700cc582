package dev.myelin.local;

import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ClusterView.InstanceView;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Draws the cluster as lines of text. Pure: the same view and times make the same lines.
///
/// @param rows most instances listed, so that the table fits a screen
record ClusterTable(int rows) {

  private static final int BAR = 24;

  /// Draws.
  ///
  /// @param view what to draw
  /// @param now when it was seen
  /// @param elapsed time since the cluster was started
  List<String> draw(ClusterView view, Instant now, Duration elapsed) {
    var lines = new ArrayList<String>();
    lines.add(line("SERVICE", "INSTANCE", "STATE", "IN FLIGHT", "UP", "ADDRESS", "PID"));
    int hidden = 0;
    for (var service : new TreeMap<>(view.services()).entrySet()) {
      var name = service.getKey();
      for (var instance : service.getValue()) {
        if (lines.size() <= rows) {
          lines.add(row(name, instance, now));
          name = "";
        } else {
          hidden++;
        }
      }
      if (service.getValue().isEmpty() && !optional(service.getKey())) {
        lines.add(line(name, "none", "", "", "", "", ""));
      }
    }
    if (hidden > 0) {
      lines.add("… and %d more".formatted(hidden));
    }
    lines.add(summary(view, elapsed));
    return lines;
  }

  /// Whether it says nothing that a core service has no instance: the gateway is part of another
  /// process here.
  private static boolean optional(String service) {
    return service.startsWith(ServiceNames.RESERVED_PREFIX);
  }

  private static String row(String service, InstanceView instance, Instant now) {
    return line(
        service,
        instance.id().value(),
        instance.state().name().toLowerCase(Locale.ROOT),
        Integer.toString(instance.inFlight()),
        upTime(Duration.between(instance.startedAt(), now)),
        instance.address() == null ? "" : instance.address(),
        instance.pid() > 0 ? Long.toString(instance.pid()) : "");
  }

  private static String line(Object... cells) {
    return "%-20s  %-28s  %-11s  %9s  %8s  %-21s  %s".formatted(cells).stripTrailing();
  }

  private static String summary(ClusterView view, Duration elapsed) {
    var instances = view.services().values().stream().flatMap(List::stream).distinct().toList();
    var ready = instances.stream().filter(each -> each.state() != InstanceState.STARTING).count();
    if (instances.isEmpty() || ready < instances.size()) {
      return progress(ready, instances.size(), elapsed);
    }
    var calls = view.calls();
    return "%s  %d instances  calls %d  retried %d  failed %d"
        .formatted(
            seconds(elapsed), instances.size(), calls.made(), calls.retried(), calls.failed());
  }

  private static String progress(long ready, int all, Duration elapsed) {
    int filled = all == 0 ? 0 : (int) (BAR * ready / all);
    return "%s  starting  [%s%s]  %d of %d"
        .formatted(seconds(elapsed), "#".repeat(filled), "-".repeat(BAR - filled), ready, all);
  }

  /// Seconds with one decimal, right-aligned: ` 12.3s`.
  static String seconds(Duration duration) {
    return "%7s".formatted("%d.%ds".formatted(duration.toSeconds(), duration.toMillisPart() / 100));
  }

  /// The two largest units: `7s`, `2m07s`, `3h05m`, `4d02h`; nothing below zero, as clocks differ.
  static String upTime(Duration duration) {
    if (duration.isNegative()) {
      return "0s";
    }
    if (duration.toMinutes() == 0) {
      return duration.toSeconds() + "s";
    }
    if (duration.toHours() == 0) {
      return "%dm%02ds".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
    return duration.toDays() == 0
        ? "%dh%02dm".formatted(duration.toHours(), duration.toMinutesPart())
        : "%dd%02dh".formatted(duration.toDays(), duration.toHoursPart());
  }
}
