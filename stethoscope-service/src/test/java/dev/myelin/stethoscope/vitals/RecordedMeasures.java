package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Notes what is to be done, and leaves the outcome to the test.
final class RecordedMeasures implements Measures {

  final List<String> done = new ArrayList<>();
  final Map<InstanceId, CompletableFuture<Heartbeat>> questions = new LinkedHashMap<>();
  final Map<InstanceId, CompletableFuture<Void>> flags = new LinkedHashMap<>();

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
  public CompletableFuture<?> flag(InstanceId id, String reason) {
    done.add("flag " + id);
    var flag = new CompletableFuture<Void>();
    flags.put(id, flag);
    return flag;
  }

  @Override
  public void forget(InstanceId id) {
    done.add("forget " + id);
  }

  /// What was done since the last call of this method.
  List<String> take() {
    var taken = List.copyOf(done);
    done.clear();
    return taken;
  }
}
