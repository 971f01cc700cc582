package dev.myelin.stethoscope.sim;

import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.stethoscope.vitals.Measures;
import dev.myelin.stethoscope.vitals.SelfDoubt;
import dev.myelin.stethoscope.vitals.Ward;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Opinion.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;

/// Mistakes that somebody could make, each as a double in the place of the right part; the
/// simulation has to notice them.
@SuppressWarnings("ImmutableEnumChecker") // some remember what they did to a ward
public enum PlantedBug implements Parts {
  /// One vote fewer than needed is taken for enough.
  OFF_BY_ONE_VOTE {
    @Override
    public FlagGate gate() {
      return new FlagGate() {
        @Override
        protected int needed(int stethoscopes) {
          return super.needed(stethoscopes) - 1;
        }
      };
    }
  },
  /// A flag carries the vote of the one who flags alone, so that nobody is ever replaced.
  ONE_VOTE {
    @Override
    public Measures measures(Measures production) {
      return new DoubledMeasures(production) {
        @Override
        public CompletableFuture<Flag.Answer> flag(Flag flag) {
          return super.flag(
              new Flag(flag.id(), flag.reason(), flag.votes().subList(0, 1), flag.census()));
        }
      };
    }
  },
  /// Kills go on however many are suspect.
  NO_FREEZE {
    @Override
    public FlagGate gate() {
      return new FlagGate() {
        @Override
        protected boolean tooMany(Flag.Census census) {
          return false;
        }
      };
    }
  },
  /// The minute's kills are never used up.
  BUDGET_NEVER_SPENT {
    @Override
    public FlagGate gate() {
      return new FlagGate() {
        @Override
        protected int most(int instances) {
          return Integer.MAX_VALUE;
        }
      };
    }
  },
  /// A flag that did not arrive counts as taken.
  LOST_ACKNOWLEDGEMENT {
    @Override
    public Measures measures(Measures production) {
      return new DoubledMeasures(production) {
        @Override
        public CompletableFuture<Flag.Answer> flag(Flag flag) {
          return CompletableFuture.completedFuture(new Flag.Answer(true, "surely"));
        }
      };
    }
  },
  /// A release is announced at once, before the quarantine that it takes back.
  RELEASE_OVERTAKES_QUARANTINE {
    @Override
    public Measures measures(Measures production) {
      return new DoubledMeasures(production) {
        private final List<Runnable> held = new ArrayList<>();

        @Override
        public void quarantine(InstanceId id, String reason) {
          held.add(() -> super.quarantine(id, reason));
        }

        @Override
        public void release(InstanceId id, String reason) {
          super.release(id, reason);
          held.forEach(Runnable::run);
          held.clear();
        }
      };
    }
  },
  /// A stethoscope never doubts itself.
  NO_SELF_DOUBT {
    @Override
    public SelfDoubt doubt() {
      return new SelfDoubt() {
        @Override
        protected double stretch() {
          return 1;
        }
      };
    }
  },
  /// A stethoscope that does not answer is taken for alive.
  UNWATCHED_AFTER_DEATH {
    @Override
    public Measures measures(Measures production) {
      return new DoubledMeasures(production) {
        @Override
        public CompletableFuture<Boolean> probe(Instance colleague) {
          return CompletableFuture.completedFuture(true);
        }
      };
    }
  },
  /// A stethoscope that has no answer takes the second's word for it without asking.
  NO_SECOND_CHECK {
    @Override
    public Measures measures(Measures production) {
      return new DoubledMeasures(production) {
        @Override
        public CompletableFuture<Opinion> consult(Instance second, Instance instance) {
          return CompletableFuture.completedFuture(Opinion.without(Finding.SILENT));
        }
      };
    }
  },
  /// Questions are not put before a quarantine.
  NO_QUESTION {
    @Override
    public Measures measures(Measures production) {
      return new DoubledMeasures(production) {
        @Override
        public CompletableFuture<Heartbeat> ask(Instance instance) {
          return CompletableFuture.failedFuture(new IllegalStateException("not asked"));
        }
      };
    }
  },
  /// What a caller says is believed without a question.
  EVIDENCE_IS_PROOF {
    @Override
    public void beat(Ward ward, Heartbeat heartbeat, Measures measures) {
      ward.beat(heartbeat);
      heartbeat.suspected().forEach(id -> measures.quarantine(id, "a caller says so"));
    }
  },
  /// What a caller says is thrown away.
  EVIDENCE_IGNORED {
    @Override
    public void beat(Ward ward, Heartbeat heartbeat, Measures measures) {
      ward.beat(
          new Heartbeat(
              heartbeat.id(), heartbeat.sequence(), heartbeat.served(), heartbeat.made()));
    }
  },
  /// A ward never hears that another stethoscope has come.
  SHARES_NEVER_CHANGE {
    private final Map<Ward, Boolean> told = new WeakHashMap<>();

    @Override
    public void colleagues(Ward ward, List<Instance> listed) {
      if (told.put(ward, true) == null) {
        // Itself alone, or the others alone: nobody's share, or everybody's
        ward.colleagues(listed.subList(0, 1));
      }
    }
  },
  /// A release is forgotten while pubsub is away.
  RELEASE_NOT_REPEATED {
    @Override
    public Measures measures(Measures production) {
      return new DoubledMeasures(production) {
        @Override
        public void release(InstanceId id, String reason) {
          forget(id);
        }
      };
    }
  },
  /// Members that come later are not watched.
  NEW_MEMBERS_UNWATCHED {
    private final Map<Ward, List<Member>> first = new WeakHashMap<>();

    @Override
    public void watch(Ward ward, List<Member> members) {
      ward.watch(first.computeIfAbsent(ward, _ -> members));
    }
  };
}
