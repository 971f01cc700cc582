package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;
import java.util.Locale;
import net.rubyeye.xmemcached.exception.MemcachedException;
import org.jspecify.annotations.Nullable;

/// A node has not done what it was asked to. Stays within this package.
final class NodeFailure extends Exception {

  /// How memcached says that it found no room, and that no room would be enough.
  private static final String WITHOUT_MEMORY = "out of memory";

  private static final String TOO_LARGE = "object too large";

  private final boolean mayHaveRun;
  private final boolean withoutMemory;

  /// Creates one.
  ///
  /// @param node which node
  /// @param problem what happened
  /// @param mayHaveRun whether the request may have reached it
  /// @param cause what lies behind
  NodeFailure(Endpoint node, String problem, boolean mayHaveRun, @Nullable Throwable cause) {
    this(node, problem, mayHaveRun, false, cause);
  }

  private NodeFailure(
      Endpoint node,
      String problem,
      boolean mayHaveRun,
      boolean withoutMemory,
      @Nullable Throwable cause) {
    super("%s %s".formatted(node, problem), cause);
    this.mayHaveRun = mayHaveRun;
    this.withoutMemory = withoutMemory;
  }

  /// A node that is well says that it has not done what it was asked to.
  ///
  /// @param node which node
  /// @param answer what it says
  static NodeFailure refusal(Endpoint node, MemcachedException answer) {
    var text = String.valueOf(answer.getMessage());
    var lowercase = text.toLowerCase(Locale.ROOT);
    if (lowercase.startsWith(WITHOUT_MEMORY)) {
      var problem =
          "has no memory for it (%s); give the node more with memcached's -m".formatted(text);
      return new NodeFailure(node, problem, false, true, answer);
    }
    if (lowercase.startsWith(TOO_LARGE)) {
      var problem =
          "takes no item as large (%s); raise the node's limit with memcached's -I, or lower 'myelin.ephemeral.item-limit'"
              .formatted(text);
      return new NodeFailure(node, problem, false, answer);
    }
    return new NodeFailure(node, "failed: " + text, true, answer);
  }

  boolean mayHaveRun() {
    return mayHaveRun;
  }

  /// Whether it had no room at the moment.
  boolean withoutMemory() {
    return withoutMemory;
  }
}
