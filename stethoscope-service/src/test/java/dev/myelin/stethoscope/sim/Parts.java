package dev.myelin.stethoscope.sim;

import dev.myelin.membership.StethoscopeLine;
import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.stethoscope.vitals.Measures;
import dev.myelin.stethoscope.vitals.SelfDoubt;
import dev.myelin.stethoscope.vitals.Ward;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Member;
import java.util.List;

/// What a simulated cluster is made of: the production classes, unless a test puts a double in the
/// place of one.
public interface Parts {

  /// The production classes.
  Parts PRODUCTION = new Parts() {};

  /// The orchestrator's rules.
  default FlagGate gate() {
    return new FlagGate();
  }

  /// A stethoscope's doubt.
  default SelfDoubt doubt() {
    return new SelfDoubt();
  }

  /// What a stethoscope does.
  ///
  /// @param production as it should be
  default Measures measures(Measures production) {
    return production;
  }

  /// How a process reaches the stethoscopes.
  ///
  /// @param production as it should be
  default StethoscopeLine line(StethoscopeLine production) {
    return production;
  }

  /// How a heartbeat gets into a ward.
  ///
  /// @param ward of the stethoscope
  /// @param heartbeat what came
  /// @param measures its measures
  default void beat(Ward ward, Heartbeat heartbeat, Measures measures) {
    ward.beat(heartbeat);
  }

  /// How a ward learns of the stethoscopes.
  ///
  /// @param ward of one of them
  /// @param listed all of them
  default void colleagues(Ward ward, List<Instance> listed) {
    ward.colleagues(listed);
  }

  /// How a ward learns of the members.
  ///
  /// @param ward of a stethoscope
  /// @param members all of them
  default void watch(Ward ward, List<Member> members) {
    ward.watch(members);
  }
}
