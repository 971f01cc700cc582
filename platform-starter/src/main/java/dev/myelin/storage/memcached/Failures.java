package dev.myelin.storage.memcached;

import dev.myelin.Execution;
import dev.myelin.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one operation on the nodes of its key. For one operation.
final class Failures {

  /// What a node is asked.
  interface Request<T extends @Nullable Object> {
    T of(MemcachedNode node) throws NodeFailure;
  }

  private final String operation;
  private final StoredKey key;
  private final List<String> problems = new ArrayList<>(0);
  private @Nullable NodeFailure last;
  private boolean mayHaveRun;
  private boolean answered;

  Failures(String operation, StoredKey key) {
    this.operation = operation;
    this.key = key;
  }

  /// Asks a node, if it is worth it: not one that may hold an old value of the key.
  ///
  /// @return null if it has not answered
  <T> @Nullable T attempt(MemcachedNode node, Request<? extends @Nullable T> request) {
    if (node.doubts().of(key.text())) {
      problems.add(node.endpoint() + " has missed a write of it, which is about to be made good");
      return null;
    }
    return ask(node, request);
  }

  private <T> @Nullable T ask(MemcachedNode node, Request<? extends @Nullable T> request) {
    if (!node.available()) {
      problems.add(node.endpoint() + " is out of use after failures");
      return null;
    }
    try {
      var answer = request.of(node);
      answered = true;
      return answer;
    } catch (NodeFailure e) {
      problems.add(String.valueOf(e.getMessage()));
      last = e;
      mayHaveRun |= e.mayHaveRun();
      return null;
    }
  }

  /// Lets a node decide by what it has whether it writes; if it has not heard it, notes that its
  /// value is in doubt.
  <T> @Nullable T decide(MemcachedNode node, Request<T> request) {
    var answer = attempt(node, request);
    if (answer == null) {
      node.doubts().add(key.text());
    }
    return answer;
  }

  /// Tells a node what it has from now on, whatever it had; if it has not heard it, notes that its
  /// value is in doubt.
  <T> @Nullable T replace(MemcachedNode node, Request<T> request) {
    var answer = ask(node, request);
    if (answer == null) {
      node.doubts().add(key.text());
    } else {
      node.doubts().replaced(key.text());
    }
    return answer;
  }

  /// The same for a counter, of which no other node has a copy that is older.
  <T> @Nullable T count(MemcachedNode node, Request<T> request) {
    var answer = attempt(node, request);
    if (answer == null) {
      node.doubts().addCounter(key.text());
    }
    return answer;
  }

  void requireOne() {
    if (!answered) {
      throw new StoreException(
          mayHaveRun && !operation.equals("get") ? Execution.MAY_HAVE_RUN : Execution.DID_NOT_RUN,
          "No memcached took the %s of key '%s': %s. Check that the nodes run and are the right ones in 'myelin.ephemeral'."
              .formatted(
                  operation,
                  key.key(),
                  problems.isEmpty() ? "no node is known" : String.join(", ", problems)),
          last);
    }
  }
}
