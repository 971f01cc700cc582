package dev.myelin.client.http;

import dev.myelin.client.Balance;
import dev.myelin.membership.Resolver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Chooses an instance of one service for an HTTP request, by the service's own strategy.
///
/// - It is chosen from those that have an HTTP server and may be chosen for calls: nobody that
///   starts or drains, nobody quarantined or ejected unless most are.
/// - A name that membership does not know is the next load balancer's to answer: applications have
///   services that are not Myelin's.
/// - Where nobody serves, a request waits for an instance up to the limit and is told that there is
///   none.
///
/// Thread-safe; never blocks.
public final class MembershipLoadBalancer implements ReactorServiceInstanceLoadBalancer {

  private static final Logger log = LoggerFactory.getLogger(MembershipLoadBalancer.class);

  private final Balance balance;
  private final Resolver resolver;
  private final HttpMembers members;
  private final ReactorServiceInstanceLoadBalancer others;
  private final Settings settings;

  /// What it keeps to.
  ///
  /// @param limit how long a request waits for an instance
  /// @param hintHeader header whose value is a request's sticky key
  public record Settings(Duration limit, String hintHeader) {}

  /// Creates one.
  ///
  /// @param balance of the service
  /// @param resolver knows its instances
  /// @param others answers for a service that membership does not know
  /// @param settings what it keeps to
  public MembershipLoadBalancer(
      Balance balance,
      Resolver resolver,
      ReactorServiceInstanceLoadBalancer others,
      Settings settings) {
    this.balance = balance;
    this.resolver = resolver;
    this.members = new HttpMembers(resolver, balance.service());
    this.others = others;
    this.settings = settings;
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared by Spring Cloud
  public Mono<Response<ServiceInstance>> choose(Request request) {
    return Mono.defer(() -> {
      var chosen = now(request);
      if (chosen != null) {
        return Mono.just(new DefaultResponse(chosen));
      }
      return members.now().snapshot().members().isEmpty() ? elsewhere(request) : later(request);
    });
  }

  private Mono<Response<ServiceInstance>> elsewhere(Request<?> request) {
    return others
        .choose(request)
        .filter(MembershipLoadBalancer::foreign)
        .switchIfEmpty(Mono.defer(() -> later(request)));
  }

  // what others know of membership they know from here, and may have kept for too long
  private static boolean foreign(Response<ServiceInstance> response) {
    var server = response.hasServer() ? response.getServer() : null;
    return server != null && Attempt.instanceOf(server) == null;
  }

  private Mono<Response<ServiceInstance>> later(Request<?> request) {
    return Mono.<Response<ServiceInstance>>create(
            sink -> {
              var listening =
                  resolver.listen(
                      balance.service(),
                      _ -> {
                        var chosen = now(request);
                        if (chosen != null) {
                          sink.success(new DefaultResponse(chosen));
                        }
                      });
              sink.onDispose(() -> end(listening));
            })
        // what follows may take its time, and membership must not wait for it
        .publishOn(Schedulers.parallel())
        .timeout(settings.limit(), Mono.just(new EmptyResponse()));
  }

  private void end(AutoCloseable listening) {
    try {
      listening.close();
    } catch (Exception e) {
      log.warn("A listener for instances of service '{}' was not removed", balance.service(), e);
    }
  }

  private @Nullable ServiceInstance now(Request<?> request) {
    var endpoints = members.now().endpoints();
    if (endpoints.isEmpty()) {
      return null;
    }
    var choice = HttpChoice.of(request, endpoints, settings.hintHeader());
    var candidate = balance.now(choice);
    if (candidate != null && !choice.takes(candidate)) {
      candidate = balance.now(choice.undemanding());
    }
    var http = candidate == null ? null : endpoints.get(candidate.id());
    return candidate == null || http == null
        ? null
        : new HttpInstance(
            candidate.id().value(), balance.service(), http, new Attempt(balance, candidate));
  }
}
