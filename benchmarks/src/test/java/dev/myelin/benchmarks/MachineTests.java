package dev.myelin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineTests {

  @Test
  void librariesAreReadOffTheClassPath() {
    assertThat(
            Machine.libraries(
                "/target/classes:/repo/dubbo-3.3.6.jar:/repo/spring-boot-starter-4.1.2.jar"
                    + ":/repo/spring-boot-4.1.2.jar:/repo/netty-common-4.2.18.Final.jar"))
        .isEqualTo("netty-common 4.2.18.Final, dubbo 3.3.6, spring-boot 4.1.2");
    assertThat(Machine.libraries("")).isEmpty();
  }

  @Test
  void descriptionNamesCoresKernelAndJdk() {
    assertThat(Machine.describe())
        .contains(Runtime.getRuntime().availableProcessors() + " cores")
        .contains(System.getProperty("os.version"))
        .contains("JDK " + Runtime.version());
  }
}
