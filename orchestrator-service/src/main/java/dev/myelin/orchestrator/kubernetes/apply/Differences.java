package dev.myelin.orchestrator.kubernetes.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.myelin.orchestrator.kubernetes.apply.Change.Apply;
import dev.myelin.orchestrator.kubernetes.apply.Change.Delete;
import dev.myelin.orchestrator.kubernetes.apply.Change.Refused;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Compares what is desired with what is there. Does no input or output.
///
/// An object is written when what is desired is not what was written last, told by a hash in an
/// annotation (a field that is desired no more is noticed by that alone), or when a field that is
/// desired has another value now. Fields of others, defaults of the API and the epoch of the lease
/// are no difference.
public final class Differences {

  private final KubernetesSerialization serialization;

  /// Creates it.
  ///
  /// @param serialization turns objects into trees and back
  public Differences(KubernetesSerialization serialization) {
    this.serialization = serialization;
  }

  /// What is to be written of one service.
  ///
  /// @param desired all that it is to have
  /// @param live all that it has
  /// @param epoch of the lease that is held
  public List<Change> between(List<HasMetadata> desired, List<HasMetadata> live, long epoch) {
    var changes = new ArrayList<Change>();
    for (var object : desired) {
      change(object, find(live, object), epoch).ifPresent(changes::add);
    }
    for (var object : live) {
      if (find(desired, object).isEmpty()) {
        changes.add(newer(object, epoch).orElseGet(() -> new Delete(object)));
      }
    }
    return List.copyOf(changes);
  }

  private static Optional<HasMetadata> find(List<HasMetadata> objects, HasMetadata wanted) {
    return objects.stream()
        .filter(object ->
            object.getKind().equals(wanted.getKind())
                && object.getMetadata().getName().equals(wanted.getMetadata().getName()))
        .findFirst();
  }

  private Optional<Change> change(HasMetadata desired, Optional<HasMetadata> live, long epoch) {
    var hash = hash(desired);
    if (live.isEmpty()) {
      return Optional.of(new Apply(stamped(desired, hash, epoch), null));
    }
    var there = live.get();
    boolean same =
        hash.equals(annotation(there, Names.WRITTEN))
            && Coverage.covers(tree(desired), tree(there));
    return same
        ? Optional.empty()
        : newer(there, epoch)
            .or(() -> Optional.of(new Apply(stamped(desired, hash, epoch), there)));
  }

  private static Optional<Change> newer(HasMetadata live, long epoch) {
    long written = epoch(live);
    return written > epoch ? Optional.of(new Refused(live, written)) : Optional.empty();
  }

  /// Epoch under which an object was written last; 0 where it does not say.
  ///
  /// @param live what is there
  public static long epoch(HasMetadata live) {
    try {
      return Long.parseLong(annotation(live, Names.EPOCH));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static String annotation(HasMetadata object, String name) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }

  private HasMetadata stamped(HasMetadata desired, String hash, long epoch) {
    var copy = Objects.requireNonNull(serialization.clone(desired));
    var annotations = new HashMap<String, String>();
    var before = copy.getMetadata().getAnnotations();
    if (before != null) {
      annotations.putAll(before);
    }
    annotations.put(Names.WRITTEN, hash);
    annotations.put(Names.EPOCH, Long.toString(epoch));
    copy.getMetadata().setAnnotations(annotations);
    return copy;
  }

  private JsonNode tree(HasMetadata object) {
    return serialization.convertValue(object, JsonNode.class);
  }

  private String hash(HasMetadata desired) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(serialization.asJson(desired).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
