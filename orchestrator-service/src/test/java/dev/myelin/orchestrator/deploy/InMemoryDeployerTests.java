package dev.myelin.orchestrator.deploy;

import dev.myelin.orchestrator.time.ManualTime;

final class InMemoryDeployerTests extends DeployerContractTests {

  private final InMemoryDeployer deployer = new InMemoryDeployer(new ManualTime().time());

  @Override
  protected Deployer deployer() {
    return deployer;
  }

  @Override
  protected void end(Spawned spawned, int code) {
    deployer.end(spawned.process(), code);
  }
}
