package dev.myelin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.kubernetes.LeaseObject.Content;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the right to act rests on: of several writers, the API lets one write. The mock server and
/// a real API run it alike.
abstract class ApiLeaseObjectsContractTests {

  private static final Content ONE = new Content("one", 189_388_800, Duration.ofSeconds(6));
  private static final Content TWO = new Content("two", 189_388_801, Duration.ofSeconds(6));

  abstract KubernetesClient client();

  abstract String namespace();

  private ApiLeaseObjects objects(String name) {
    return new ApiLeaseObjects(
        client(), namespace(), name, Duration.ofSeconds(10), Clock.systemUTC(), null);
  }

  @Test
  void leaseWhenThereIsNoneIsCreatedOnce() {
    var objects = objects("created");
    assertThat(objects.read()).isEmpty();

    var created = objects.create(ONE);

    assertThat(created).map(LeaseObject::content).contains(ONE);
    assertThat(objects.create(TWO)).isEmpty();
    assertThat(objects.read()).isEqualTo(created);
  }

  @Test
  void leaseWhenWrittenMeanwhileIsNotWritten() {
    var objects = objects("written");
    var first = objects.create(ONE).orElseThrow();
    var second = objects.replace(first, TWO).orElseThrow();

    assertThat(objects.replace(first, ONE)).isEmpty();

    assertThat(second.uid()).isEqualTo(first.uid());
    assertThat(objects.read()).contains(second);
    assertThat(second.content()).isEqualTo(TWO);
  }

  @Test
  void leaseWhenDeletedMeanwhileIsNotWritten() {
    var objects = objects("deleted");
    var first = objects.create(ONE).orElseThrow();
    client().leases().inNamespace(namespace()).withName("deleted").delete();

    assertThat(objects.replace(first, TWO)).isEmpty();
  }

  @Test
  void leaseWhenGivenBackNamesNobody() {
    var objects = objects("given-back");
    var first = objects.create(ONE).orElseThrow();

    var given = objects.replace(first, new Content("", 189_388_800, Duration.ofSeconds(1)));

    assertThat(given.orElseThrow().content().holder()).isEmpty();
    assertThat(objects.read()).isEqualTo(given);
  }

  @Test
  void leaseWhenLabelledByAnotherKeepsTheLabel() {
    var objects = objects("labelled");
    objects.create(ONE);
    client()
        .leases()
        .inNamespace(namespace())
        .withName("labelled")
        .edit(lease -> lease.edit().editMetadata().addToLabels("team", "a").endMetadata().build());

    var written = objects.replace(objects.read().orElseThrow(), TWO);

    assertThat(written).isPresent();
    assertThat(
            client()
                .leases()
                .inNamespace(namespace())
                .withName("labelled")
                .get()
                .getMetadata()
                .getLabels())
        .containsEntry("team", "a");
  }
}
