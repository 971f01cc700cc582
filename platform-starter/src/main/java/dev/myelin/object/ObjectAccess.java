package dev.myelin.object;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the service of a type offers beside the methods of its class: the objects as they are
/// stored.
///
/// State is a JSON object with the fields. A version is the text of an
/// [dev.myelin.storage.ObjectVersion]; where it is null, any is right. A write is named by its
/// caller, so that one that is sent twice happens once. The names of what is answered are fixed:
/// the gateway reads it as JSON that the application's own mapper has written.
@Microservice("objects")
interface ObjectAccess {

  /// Creates an object.
  ///
  /// @param id its id; null if it is in the state, or is to be a random one
  /// @param state its fields
  /// @param write names this write
  @Operation(idempotent = true)
  Answer create(@Nullable String id, String state, String write);

  /// The state of an object.
  @Operation(idempotent = true)
  Answer read(String id);

  /// Replaces the state of an object.
  @Operation(idempotent = true)
  Answer replace(String id, @Nullable String version, String state, String write);

  /// Deletes an object.
  @Operation(idempotent = false)
  Answer delete(String id, @Nullable String version);

  /// Some of the objects.
  ///
  /// @param from where the page begins; null for the first
  /// @param limit how many at most, 1 to 1,000
  @Operation(idempotent = true)
  Listing page(@Nullable String from, int limit);

  /// What became of a request.
  ///
  /// @param outcome what became of it
  /// @param object the object as it is now, where that is known
  record Answer(
      @JsonProperty("outcome") Outcome outcome,
      @JsonProperty("object") @Nullable Snapshot object) {}

  /// What can become of a request.
  enum Outcome {
    /// It was done.
    DONE,
    /// There is no such object.
    ABSENT,
    /// There is such an object already.
    EXISTS,
    /// The object has another version.
    CHANGED
  }

  /// An object.
  ///
  /// @param id its id
  /// @param version which state this is
  /// @param state its fields
  record Snapshot(
      @JsonProperty("id") String id,
      @JsonProperty("version") String version,
      @JsonProperty("state") String state) {}

  /// Some objects.
  ///
  /// @param objects in the store's order
  /// @param next where the next page begins; null after the last
  record Listing(
      @JsonProperty("objects") List<Snapshot> objects,
      @JsonProperty("next") @Nullable String next) {

    /// Copies the objects.
    public Listing {
      objects = List.copyOf(objects);
    }
  }
}
