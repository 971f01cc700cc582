package dev.myelin.object;

import static java.util.Objects.requireNonNull;

import dev.myelin.object.ObjectAccess.Answer;
import dev.myelin.object.ObjectAccess.Listing;
import dev.myelin.object.ObjectAccess.Outcome;
import dev.myelin.storage.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Objects by calls of their services. Thread-safe.
public final class CalledObjects implements ObjectSpace {

  private final ObjectTypes types;
  private final ObjectReferences references;
  private final JsonMapper mapper;
  private final Map<ObjectType, ObjectState> states = new ConcurrentHashMap<>();

  /// Creates it.
  ///
  /// @param types the types
  /// @param references makes stand-ins
  public CalledObjects(ObjectTypes types, ObjectReferences references) {
    this.types = types;
    this.references = references;
    this.mapper = StateMapper.of(references);
  }

  @Override
  public <T> T create(T object) {
    if (ObjectReferences.standsIn(object)) {
      throw new IllegalArgumentException(
          "'%s' is an object already: create one from an instance of its class.".formatted(object));
    }
    var type = types.of(object);
    var key = type.keyOf(object);
    var state = states.computeIfAbsent(type, each -> new ObjectState(each, mapper));
    var json = mapper.writeValueAsString(state.write(object));
    var answer = (Answer) references.call(type, "create", key.id(), json, ObjectRecords.name());
    if (answer.outcome() == Outcome.EXISTS) {
      throw new ObjectExistsException("There is an object '%s' already.".formatted(key));
    }
    return standIn(object, key);
  }

  @Override
  public <T> T get(Class<T> type, Object id) {
    var found = types.get(type);
    return type.cast(references.standIn(found, found.key(id)));
  }

  @Override
  public <T> Optional<T> find(Class<T> type, Object id) {
    var found = types.get(type);
    var key = found.key(id);
    var answer = (Answer) references.call(found, "read", key.id());
    return answer.outcome() == Outcome.DONE
        ? Optional.of(type.cast(references.standIn(found, key)))
        : Optional.empty();
  }

  @Override
  public boolean delete(Object object) {
    var key = references.keyOf(object);
    var answer = (Answer) references.call(types.of(object), "delete", key.id(), null);
    return answer.outcome() == Outcome.DONE;
  }

  @Override
  public <T> ObjectList<T> list(Class<T> type, @Nullable String from, int limit) {
    var found = types.get(type);
    var listing = (Listing) requireNonNull(references.call(found, "page", from, limit));
    return new ObjectList<>(
        listing.objects().stream()
            .map(each -> type.cast(references.standIn(found, found.key(each.id()))))
            .toList(),
        listing.next());
  }

  @Override
  public <T> T reference(T object) {
    return standIn(object, references.keyOf(object));
  }

  @Override
  public String uri(Object object) {
    return ObjectUri.of(references.keyOf(object));
  }

  @Override
  public <T> T parse(Class<T> type, String uri) {
    return type.cast(references.parse(type, uri));
  }

  @SuppressWarnings("unchecked") // a stand-in is of the class of what it stands for
  private <T> T standIn(T object, ObjectKey key) {
    return (T) references.standIn(types.of(object), key);
  }
}
