package dev.myelin.gateway.external;

import static dev.myelin.gateway.Descriptions.application;
import static dev.myelin.gateway.Descriptions.external;
import static dev.myelin.gateway.Descriptions.internal;
import static dev.myelin.gateway.Descriptions.operation;
import static dev.myelin.gateway.FakeMembership.endpoint;
import static dev.myelin.gateway.FakeMembership.front;
import static dev.myelin.gateway.FakeMembership.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.gateway.FakeMembership;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Operation;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServiceCatalogTests {

  private static final ApplicationDescription B1 =
      application("b1", external("shop", operation("int", "old")), internal("stock"));
  private static final ApplicationDescription B2 =
      application("b2", external("shop", operation("int", "renewed")));

  private final FakeMembership membership = new FakeMembership();
  private final Map<Endpoint, ApplicationDescription> answers = new HashMap<>();
  private final List<Endpoint> asked = new ArrayList<>();

  private ServiceCatalog catalog(Duration limit) {
    return new ServiceCatalog(membership, this::describe, limit, System::nanoTime);
  }

  private synchronized ApplicationDescription describe(Endpoint endpoint) {
    asked.add(endpoint);
    var answer = answers.get(endpoint);
    if (answer == null) {
      throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, endpoint + " is silent");
    }
    return answer;
  }

  private static List<String> operations(ServiceCatalog catalog, String service) {
    return catalog.find(service).stream()
        .flatMap(each -> each.operations().stream())
        .map(Operation::name)
        .toList();
  }

  @Test
  void serviceWhenExternalIsFoundAndItsProcessAskedOnce() {
    membership.set("front", front("f1", null));
    answers.put(endpoint("f1"), B1);
    var catalog = catalog(Duration.ZERO);

    assertThat(operations(catalog, "shop")).containsExactly("old");
    assertThat(operations(catalog, "shop")).containsExactly("old");
    assertThat(asked).containsExactly(endpoint("f1"));
  }

  @Test
  void serviceWhenNotExternalIsNotFound() {
    membership.set("front", front("f1", null));
    answers.put(endpoint("f1"), B1);

    assertThat(catalog(Duration.ZERO).find("stock")).isEmpty();
  }

  @Test
  void nameWhenUnknownIsNeverSubscribedTo() {
    membership.set("front", front("f1", null));
    answers.put(endpoint("f1"), B1);
    var catalog = catalog(Duration.ZERO);

    for (int i = 0; i < 100; i++) {
      assertThat(catalog.find("made-up-" + i)).isEmpty();
    }

    assertThat(membership.asked()).containsExactly("front");
  }

  @Test
  void operationsWhenMostInstancesRunANewerBuildAreThoseOfThatBuild() {
    membership.set("front", front("f1", null));
    membership.set(
        "shop",
        instance("s1", "shop", "b1"),
        instance("s2", "shop", "b2"),
        instance("s3", "shop", "b2"));
    answers.put(endpoint("f1"), B1);
    answers.put(endpoint("s2"), B2);
    var catalog = catalog(Duration.ZERO);

    assertThat(operations(catalog, "shop")).containsExactly("renewed");
    assertThat(asked).containsExactly(endpoint("f1"), endpoint("s2"));
  }

  @Test
  void operationsWhenTheNewBuildsInstanceIsSilentAreThoseOfTheFront() {
    membership.set("front", front("f1", null));
    membership.set("shop", instance("s2", "shop", "b2"));
    answers.put(endpoint("f1"), B1);

    assertThat(operations(catalog(Duration.ZERO), "shop")).containsExactly("old");
  }

  @Test
  void buildWhenNoProcessRunsItAnyMoreIsForgotten() {
    membership.set("front", front("f1", null));
    answers.put(endpoint("f1"), B1);
    answers.put(endpoint("s2"), B2);
    var catalog = catalog(Duration.ZERO);
    membership.set("shop", instance("s2", "shop", "b2"));
    assertThat(operations(catalog, "shop")).containsExactly("renewed");

    membership.set("shop", instance("s3", "shop", "b1"));
    assertThat(operations(catalog, "shop")).containsExactly("old");
    membership.set("shop", instance("s2", "shop", "b2"));
    assertThat(operations(catalog, "shop")).containsExactly("renewed");

    assertThat(asked).containsExactly(endpoint("f1"), endpoint("s2"), endpoint("s2"));
  }

  @Test
  void frontWhenSilentIsPassedOver() {
    membership.set("front", front("f1", null), front("f2", null));
    answers.put(endpoint("f2"), B1);

    assertThat(operations(catalog(Duration.ZERO), "shop")).containsExactly("old");
  }

  @Test
  void frontWhenNotServingIsNotAsked() {
    membership.set("front", front("f1", null).withState(InstanceState.DRAINING));
    answers.put(endpoint("f1"), B1);

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> catalog(Duration.ZERO).find("shop"));
    assertThat(asked).isEmpty();
  }

  @Test
  void descriptionWhenEveryFrontHasGoneIsStillKnown() {
    membership.set("front", front("f1", null));
    answers.put(endpoint("f1"), B1);
    var catalog = catalog(Duration.ZERO);
    assertThat(catalog.known("shop")).isEmpty();
    assertThat(operations(catalog, "shop")).containsExactly("old");

    membership.set("front");

    assertThat(operations(catalog, "shop")).containsExactly("old");
    assertThat(catalog.known("shop")).isPresent();
  }

  @Test
  void findWhenNoFrontAnswersFailsAndSaysWhy() {
    membership.set("front", front("f1", null));

    assertThatExceptionOfType(CallException.class)
        .isThrownBy(() -> catalog(Duration.ZERO).find("shop"))
        .withMessageContaining("1 of them running")
        .withMessageContaining("f1:1 is silent")
        .satisfies(e -> {
          assertThat(e.status()).isEqualTo(Status.UNAVAILABLE);
          assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN);
        });
  }

  @Test
  void findWhenTheFirstFrontIsStillStartingWaitsForIt() throws Exception {
    answers.put(endpoint("f1"), B1);
    var catalog = catalog(Duration.ofSeconds(20));
    var found = CompletableFuture.supplyAsync(() -> operations(catalog, "shop"));

    membership.set("front", front("f1", null));

    assertThat(found.get(10, java.util.concurrent.TimeUnit.SECONDS)).containsExactly("old");
  }
}
