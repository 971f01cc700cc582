package dev.myelin.client.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes the nearest instances, and further ones only where the nearer are congested.
///
/// The preferred hosts come first, in their order, then the caller's own host, then all others.
/// Within one distance the less loaded of two is taken; if it is above the threshold, the call
/// spills over to the next distance; if all are, every instance takes part.
final class PreferredPicker implements Picker {

  private final List<String> hosts;
  private final String ownHost;
  private final double threshold;
  private final Picker among;
  private volatile @Nullable Tiers tiers;

  private record Tiers(Candidates from, List<Candidates> nearestFirst) {}

  PreferredPicker(List<String> hosts, String ownHost, double threshold, Picker among) {
    this.hosts = List.copyOf(hosts);
    this.ownHost = ownHost;
    this.threshold = threshold;
    this.among = among;
  }

  @Override
  public @Nullable Candidate pick(Candidates candidates, Choice choice) {
    var nearestFirst = tiers(candidates).nearestFirst();
    for (int i = 0; i < nearestFirst.size(); i++) {
      var chosen = among.pick(nearestFirst.get(i), choice);
      if (chosen != null && chosen.congestion() < threshold && choice.takes(chosen)) {
        return chosen;
      }
    }
    return among.pick(candidates, choice);
  }

  @SuppressWarnings("ReferenceEquality") // the identical object until the candidates change
  private Tiers tiers(Candidates candidates) {
    var known = tiers;
    if (known == null || known.from() != candidates) {
      known = new Tiers(candidates, byDistance(candidates));
      tiers = known;
    }
    return known;
  }

  private List<Candidates> byDistance(Candidates candidates) {
    var groups = new TreeMap<Integer, List<Candidate>>();
    for (int i = 0; i < candidates.size(); i++) {
      var candidate = candidates.at(i);
      groups.computeIfAbsent(distance(candidate), _ -> new ArrayList<>()).add(candidate);
    }
    return groups.values().stream().map(Candidates::new).toList();
  }

  private int distance(Candidate candidate) {
    var host = candidate.endpoint().host();
    int preferred = hosts.indexOf(host);
    if (preferred >= 0) {
      return preferred;
    }
    return host.equals(ownHost) ? hosts.size() : hosts.size() + 1;
  }
}
