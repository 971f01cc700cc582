package dev.myelin.orchestrator.deploy;

import dev.myelin.wire.Role;
import java.util.List;

/// One command for core processes, another for everything else.
///
/// @param core starts core processes
/// @param application starts fronts and instances
public record CommandByRole(CommandLine core, CommandLine application) implements CommandLine {

  @Override
  public List<String> of(SpawnOrder order) {
    return command(order).of(order);
  }

  @Override
  public void ended(SpawnOrder order, Exit exit) {
    command(order).ended(order, exit);
  }

  private CommandLine command(SpawnOrder order) {
    return order.role() == Role.CORE ? core : application;
  }
}
