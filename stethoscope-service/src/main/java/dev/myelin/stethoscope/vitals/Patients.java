package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Flag.Census;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whom a stethoscope watches, out of all members.
///
/// Its own are those that [Colleagues] gives it. Others whose heartbeats come here all the same,
/// since their own stethoscope did not take them, are kept as guests: not judged, but it is known
/// that they beat. Not thread-safe: belongs to the [Ward].
final class Patients {

  private static final Duration GUEST_STAYS = Duration.ofSeconds(3);

  private final Colleagues colleagues;
  private final Map<InstanceId, Member> members = new HashMap<>();
  private final TreeMap<InstanceId, Patient> patients = new TreeMap<>();

  Patients(Colleagues colleagues) {
    this.colleagues = colleagues;
  }

  Colleagues colleagues() {
    return colleagues;
  }

  /// Takes note of all members.
  ///
  /// @return those that are gone
  Set<InstanceId> members(List<Member> all, long now) {
    var gone = new HashSet<>(members.keySet());
    for (var member : all) {
      var id = member.instance().id();
      gone.remove(id);
      var before = members.put(id, member);
      var patient = patients.get(id);
      if (patient != null) {
        patient.update(member, now);
      }
      if (before == null) {
        assign(id, member, now);
      }
    }
    members.keySet().removeAll(gone);
    patients.keySet().removeAll(gone);
    return gone;
  }

  /// Shares out anew, after the stethoscopes have changed.
  void share(long now) {
    members.forEach((id, member) -> assign(id, member, now));
  }

  private void assign(InstanceId id, Member member, long now) {
    var patient = patients.get(id);
    boolean own = colleagues.own(id);
    if (own && (patient == null || !patient.own())) {
      var guest = patient == null ? new Patient(member, now) : patient;
      patients.put(id, guest.takenIn(member, now));
    } else if (!own && patient != null) {
      patient.leave();
    }
  }

  @Nullable Patient find(InstanceId id) {
    return patients.get(id);
  }

  /// The sender of a heartbeat: one that is a member but nobody's here becomes a guest.
  @Nullable Patient sender(Heartbeat heartbeat, long now) {
    var patient = patients.get(heartbeat.id());
    var member = members.get(heartbeat.id());
    if (patient == null && member != null) {
      patient = new Patient(member, now);
      patients.put(heartbeat.id(), patient);
    }
    return patient;
  }

  @Nullable Instance instance(InstanceId id) {
    var member = members.get(id);
    return member == null ? null : member.instance();
  }

  Collection<Patient> all() {
    return patients.values();
  }

  /// Lets go of guests that beat elsewhere by now.
  void farewell(long now) {
    patients.values().removeIf(patient -> !patient.own() && !patient.beatsHere(GUEST_STAYS, now));
  }

  /// How many of all members are suspect: to this stethoscope, or to the one that watches them.
  Census census() {
    int suspect = 0;
    for (var each : members.entrySet()) {
      var patient = patients.get(each.getKey());
      boolean found =
          (patient != null && patient.own())
              ? patient.condition().suspect()
              : each.getValue().state() == InstanceState.QUARANTINED;
      if (found) {
        suspect++;
      }
    }
    return new Census(members.size(), suspect);
  }
}
