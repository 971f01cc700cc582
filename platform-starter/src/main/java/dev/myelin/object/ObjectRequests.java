package dev.myelin.object;

import static java.util.Objects.requireNonNull;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.contract.OperationContract;
import dev.myelin.object.ObjectAccess.Answer;
import dev.myelin.object.ObjectAccess.Listing;
import dev.myelin.object.ObjectAccess.Outcome;
import dev.myelin.object.ObjectAccess.Snapshot;
import dev.myelin.object.ObjectRecords.Loaded;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoreException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// Answers the requests of [ObjectAccess] for one type. Thread-safe.
final class ObjectRequests {

  private static final String REPLACE = "replace";
  private static final String DELETE = "delete";
  private static final Set<String> QUEUED = Set.of(REPLACE, DELETE);

  private final ObjectType type;
  private final ObjectState state;
  private final ObjectRecords records;
  private final WriteQueue queue;
  private final Parts parts;

  ObjectRequests(
      ObjectType type, ObjectState state, ObjectRecords records, WriteQueue queue, Parts parts) {
    this.type = type;
    this.state = state;
    this.records = records;
    this.queue = queue;
    this.parts = parts;
  }

  /// Whether a request waits for others of the same object.
  static boolean queues(OperationContract request) {
    return QUEUED.contains(request.name());
  }

  /// Answers a request.
  Object answer(OperationContract operation, @Nullable Object[] arguments, Deadline deadline) {
    try {
      return switch (operation.name()) {
        case "create" -> create(arguments, deadline);
        case "read" -> read(key(arguments), deadline);
        case REPLACE -> {
          var key = key(arguments);
          var attempts = attempts(key, REPLACE, deadline);
          yield queue.inOrder(key, attempts, () -> replace(key, arguments, attempts));
        }
        case DELETE -> {
          var key = key(arguments);
          var attempts = attempts(key, DELETE, deadline);
          yield queue.inOrder(key, attempts, () -> delete(key, text(arguments[1]), attempts));
        }
        case "page" -> page(text(arguments[0]), (Integer) requireNonNull(arguments[1]));
        default -> throw new IllegalArgumentException("no request '%s'".formatted(operation.key()));
      };
    } catch (StoreException e) {
      throw new CallException(Status.UNAVAILABLE, e.execution(), String.valueOf(e.getMessage()), e);
    }
  }

  private ObjectKey key(@Nullable Object[] arguments) {
    return type.key(requireNonNull(arguments[0]));
  }

  private static @Nullable String text(@Nullable Object argument) {
    return (String) argument;
  }

  private Attempts attempts(ObjectKey key, String operation, Deadline deadline) {
    return new Attempts(key, operation, deadline, parts.settings().maxAttempts());
  }

  private Answer create(@Nullable Object[] arguments, Deadline deadline) {
    var id = text(arguments[0]);
    var fields = fields(arguments[1]);
    if (id != null) {
      fields.put(type.idField().getName(), id);
    }
    // through an instance, so that what is no field is not stored
    var instance = state.read(fields, new ObjectKey(type.name(), id == null ? "new" : id));
    var key = type.keyOf(instance);
    var document =
        ObjectDocument.first(state.write(instance), (String) requireNonNull(arguments[2]));
    return records
        .create(key, document, attempts(key, "create", deadline))
        .map(version -> done(key, version, document.fields()))
        .orElseGet(() -> new Answer(Outcome.EXISTS, new Snapshot(key.id(), "", "")));
  }

  private ObjectNode fields(@Nullable Object json) {
    try {
      if (parts.mapper().readTree((String) requireNonNull(json)) instanceof ObjectNode fields) {
        return fields;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "The state of an object is a JSON object: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("The state of an object is a JSON object.");
  }

  private Answer done(ObjectKey key, ObjectVersion version, ObjectNode fields) {
    return new Answer(Outcome.DONE, snapshot(key, version, fields));
  }

  private Snapshot snapshot(ObjectKey key, ObjectVersion version, ObjectNode fields) {
    return new Snapshot(key.id(), version.toString(), parts.mapper().writeValueAsString(fields));
  }

  private Answer read(ObjectKey key, Deadline deadline) {
    return records
        .load(key, attempts(key, "read", deadline))
        .map(found -> done(key, found.version(), current(key, found)))
        .orElse(new Answer(Outcome.ABSENT, null));
  }

  // as the class has it now: without the fields it has no more, with those that were added
  private ObjectNode current(ObjectKey key, Loaded found) {
    return state.write(state.read(found.document().fields(), key));
  }

  private Answer replace(ObjectKey key, @Nullable Object[] arguments, Attempts attempts) {
    var version = text(arguments[1]);
    var write = (String) requireNonNull(arguments[3]);
    var sent = fields(arguments[2]);
    sent.put(type.idField().getName(), key.id());
    var fields = state.write(state.read(sent, key));
    var turns = new TurnWatch(parts.ticker());
    while (true) {
      var found = records.load(key, attempts);
      var refused = refused(key, found, version, write);
      if (refused.isPresent()) {
        return refused.get();
      }
      var loaded = found.orElseThrow();
      if (turns.respects(loaded.document().turn())) {
        attempts.pause(Execution.DID_NOT_RUN);
        continue;
      }
      var next = loaded.document().next(fields, null, write);
      var replaced = records.replace(key, loaded, next, attempts);
      if (replaced.isPresent()) {
        return done(key, replaced.get(), fields);
      }
      attempts.next();
    }
  }

  private Optional<Answer> refused(
      ObjectKey key, Optional<Loaded> found, @Nullable String version, String write) {
    if (found.isEmpty()) {
      return Optional.of(new Answer(Outcome.ABSENT, null));
    }
    var loaded = found.get();
    var now = snapshot(key, loaded.version(), current(key, loaded));
    if (loaded.document().writes().contains(write)) {
      return Optional.of(new Answer(Outcome.DONE, now));
    }
    return version == null || loaded.version().toString().equals(version)
        ? Optional.empty()
        : Optional.of(new Answer(Outcome.CHANGED, now));
  }

  private Answer delete(ObjectKey key, @Nullable String version, Attempts attempts) {
    var turns = new TurnWatch(parts.ticker());
    while (true) {
      var found = records.load(key, attempts);
      var refused = refused(key, found, version, "");
      if (refused.isPresent()) {
        return refused.get();
      }
      var loaded = found.orElseThrow();
      if (turns.respects(loaded.document().turn())) {
        attempts.pause(Execution.DID_NOT_RUN);
      } else if (records.delete(key, loaded, attempts)) {
        return new Answer(Outcome.DONE, null);
      } else {
        attempts.next();
      }
    }
  }

  private Listing page(@Nullable String from, int limit) {
    var page = parts.store().get().scan(type.name(), from, limit);
    var objects =
        page.objects().stream()
            .map(stored -> {
              var document = ObjectDocument.decode(stored.state(), parts.mapper());
              var loaded = new Loaded(stored.version(), document);
              return snapshot(stored.key(), stored.version(), current(stored.key(), loaded));
            })
            .toList();
    return new Listing(objects, page.next());
  }
}
