package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Notes what is to be done, and leaves the outcome to the test.
final class RecordedMeasures implements Measures {

  final List<String> done = new ArrayList<>();
  final Map<InstanceId, CompletableFuture<Heartbeat>> questions = new LinkedHashMap<>();
  final Map<InstanceId, CompletableFuture<Opinion>> opinions = new LinkedHashMap<>();
  final Map<InstanceId, CompletableFuture<Flag.Answer>> flags = new LinkedHashMap<>();
  final Map<InstanceId, Flag> flagged = new LinkedHashMap<>();
  final Set<InstanceId> present = new HashSet<>();

  @Override
  public CompletableFuture<Heartbeat> ask(Instance instance) {
    done.add("ask " + instance.id());
    var question = new CompletableFuture<Heartbeat>();
    questions.put(instance.id(), question);
    return question;
  }

  @Override
  public void quarantine(InstanceId id, String reason) {
    done.add("quarantine " + id);
  }

  @Override
  public void release(InstanceId id, String reason) {
    done.add("release " + id);
  }

  @Override
  public CompletableFuture<Opinion> consult(Instance second, Instance instance) {
    done.add("consult " + second.id() + " about " + instance.id());
    var question = new CompletableFuture<Opinion>();
    opinions.put(instance.id(), question);
    return question;
  }

  @Override
  public CompletableFuture<Boolean> probe(Instance colleague) {
    return present.contains(colleague.id())
        ? CompletableFuture.completedFuture(true)
        : CompletableFuture.failedFuture(new IllegalStateException("away"));
  }

  @Override
  public CompletableFuture<Flag.Answer> flag(Flag flag) {
    done.add("flag " + flag.id());
    flagged.put(flag.id(), flag);
    var answer = new CompletableFuture<Flag.Answer>();
    flags.put(flag.id(), answer);
    return answer;
  }

  @Override
  public void forget(InstanceId id) {
    done.add("forget " + id);
  }

  /// What was done since the last call of this method, questions left out.
  List<String> takeDeeds() {
    return take().stream()
        .filter(deed -> !deed.startsWith("ask") && !deed.startsWith("consult"))
        .toList();
  }

  /// What was done since the last call of this method.
  List<String> take() {
    var taken = List.copyOf(done);
    done.clear();
    return taken;
  }
}
