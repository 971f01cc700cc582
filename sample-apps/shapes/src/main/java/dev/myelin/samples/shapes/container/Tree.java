package dev.myelin.samples.shapes.container;

import java.util.List;

/// A record that contains its own kind.
///
/// @param name of the root
/// @param branches the trees below it
public record Tree(String name, List<Tree> branches) {

  /// Copies the branches.
  public Tree {
    branches = List.copyOf(branches);
  }

  /// The same tree, every list of branches in reverse.
  Tree mirrored() {
    return new Tree(name, branches.reversed().stream().map(Tree::mirrored).toList());
  }
}
