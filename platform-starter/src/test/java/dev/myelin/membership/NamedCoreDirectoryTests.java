package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class NamedCoreDirectoryTests {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualScheduler time = new VirtualScheduler();
  private final Map<String, List<String>> names = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();

  private List<InetAddress> lookup(String name) throws UnknownHostException {
    asked.add(name);
    var found = names.get(name.toLowerCase(Locale.ROOT));
    if (found == null) {
      throw new UnknownHostException(name);
    }
    var addresses = new ArrayList<InetAddress>();
    for (var each : found) {
      addresses.addAll(List.of(InetAddress.getAllByName(each)));
    }
    return addresses;
  }

  private NamedCoreDirectory directory(Endpoint... endpoints) {
    return new NamedCoreDirectory(List.of(endpoints), List.of("core"), this::lookup, time);
  }

  private static List<String> found(CoreDirectory directory) {
    return directory.instances("core").stream()
        .map(process -> process.id() + "@" + process.endpoint())
        .toList();
  }

  @Test
  void processesWhenANameHasSeveralAddressesAreOneEach() {
    names.put("myelin-core", List.of("10.244.0.7", "10.244.0.11"));
    var directory = directory(new Endpoint("myelin-core", 7_070));
    assertThat(found(directory)).isEmpty();

    time.runDue();

    assertThat(found(directory))
        .containsExactly("core-10-244-0-11@10.244.0.11:7070", "core-10-244-0-7@10.244.0.7:7070");
    assertThat(directory.instances("price-list")).isEmpty();
  }

  @Test
  void processesWhenTheyComeAndGoAreFoundAndLost() {
    names.put("myelin-core", List.of("10.244.0.7"));
    var directory = directory(new Endpoint("myelin-core", 7_070));
    time.runDue();

    names.put("myelin-core", List.of("10.244.0.8"));
    time.advance(SECOND);

    assertThat(found(directory)).containsExactly("core-10-244-0-8@10.244.0.8:7070");
  }

  @Test
  void processesWhenNobodyAnswersStayAndItIsSaidOnce(CapturedOutput output) {
    names.put("myelin-core", List.of("10.244.0.7"));
    var directory = directory(new Endpoint("myelin-core", 7_070));
    time.runDue();

    names.clear();
    time.advance(SECOND.multipliedBy(30));
    assertThat(found(directory)).containsExactly("core-10-244-0-7@10.244.0.7:7070");
    assertThat(output.getOut()).containsOnlyOnce("the last known ones stay");
    assertThat(directory.listed(new InstanceId("core-10-244-0-7"))).isFalse();

    names.put("myelin-core", List.of("10.244.0.8"));
    time.advance(SECOND);
    assertThat(found(directory)).containsExactly("core-10-244-0-8@10.244.0.8:7070");
    assertThat(directory.listed(new InstanceId("core-10-244-0-8"))).isTrue();
  }

  @Test
  void namesWhenSeveralAreAddedUpAndOneMayFail() {
    names.put("here", List.of("10.0.0.1"));
    names.put("there", List.of("10.0.0.1", "10.0.0.2"));
    var directory =
        directory(
            new Endpoint("here", 7_070), new Endpoint("away", 7_070), new Endpoint("there", 7_071));
    time.runDue();

    assertThat(found(directory))
        .containsExactly("core-10-0-0-1@10.0.0.1:7070", "core-10-0-0-2@10.0.0.2:7071");
  }

  @Test
  void addressesWhenOfTheSixthVersionMakeIdsToo() {
    names.put("myelin-core", List.of("fd00::7"));
    var directory = directory(new Endpoint("myelin-core", 7_070));
    time.runDue();

    assertThat(directory.instances("core"))
        .extracting(Instance::endpoint)
        .containsExactly(new Endpoint("fd00:0:0:0:0:0:0:7", 7_070));
    assertThat(found(directory)).first().asString().startsWith("core-fd00-0-0-0-0-0-0-7@");
  }

  @Test
  void questionsWhenRepeatedAreWrittenOtherwiseThanTheJvmRemembers() {
    names.put("myelin-core", List.of("10.244.0.7"));
    directory(new Endpoint("myelin-core", 7_070));
    time.advance(SECOND.multipliedBy(59));

    assertThat(asked).hasSize(60);
    assertThat(new HashSet<>(asked)).hasSize(60);
  }

  @Test
  void systemsLookupAnswersEveryWayAnAddressIsWritten() throws Exception {
    var lookup = NamedCoreDirectory.Lookup.ofSystem();

    assertThat(lookup.addresses("LocalHost")).contains(InetAddress.getLoopbackAddress());
    assertThat(lookup.addresses("10.0.0.1")).containsExactly(InetAddress.getAllByName("10.0.0.1"));
  }
}
