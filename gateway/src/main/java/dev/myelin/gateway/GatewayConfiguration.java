package dev.myelin.gateway;

import dev.myelin.client.JsonCalls;
import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.gateway.cluster.ClusterConfiguration;
import dev.myelin.gateway.cluster.ClusterRoutes;
import dev.myelin.gateway.door.DoorConfiguration;
import dev.myelin.gateway.external.ExternalApi;
import dev.myelin.gateway.external.ExternalRoutes;
import dev.myelin.gateway.external.InstanceDescriptions;
import dev.myelin.gateway.external.ObjectRoutes;
import dev.myelin.gateway.external.OtherMethods;
import dev.myelin.gateway.external.ServiceCatalog;
import dev.myelin.gateway.front.FrontConfiguration;
import dev.myelin.gateway.front.FrontHandler;
import dev.myelin.gateway.front.Fronts;
import dev.myelin.gateway.problem.Problem;
import dev.myelin.gateway.problem.ProblemType;
import dev.myelin.gateway.tunnel.TunnelConfiguration;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.Resolver;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.Orchestrator;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpClient;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// The gateway's beans, for an application of its own or beside the other core services.
///
/// Needs the starter's [JsonCalls], [ServiceClients] and [Resolver], and an [Orchestrator]. Routes
/// are tried in this order: tunnels, paths under `/-/`, the limit of requests, external objects,
/// operations of external services, the front.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
@Import({
  FrontConfiguration.class,
  ClusterConfiguration.class,
  DoorConfiguration.class,
  TunnelConfiguration.class
})
@PropertySource("classpath:dev/myelin/gateway/gateway.properties")
public class GatewayConfiguration {

  private static final Logger log = LoggerFactory.getLogger(GatewayConfiguration.class);

  @Bean
  InstanceDescriptions instanceDescriptions(ServiceClients clients) {
    var contract = ServiceContracts.of(InstanceControl.class);
    return endpoint -> ((InstanceControl) clients.standIn(contract, endpoint)).describe();
  }

  @Bean
  ServiceCatalog serviceCatalog(
      Resolver resolver, InstanceDescriptions instances, GatewayProperties properties) {
    return new ServiceCatalog(resolver, instances, properties.startTimeout(), System::nanoTime);
  }

  // after what shows the cluster to its operator, which is needed most when all else is too much
  @Bean
  @Order(-2)
  RequestLimit requestLimit(GatewayProperties properties) {
    var most = properties.maxRequests();
    return new RequestLimit(
        most == null ? RequestLimit.within(Runtime.getRuntime().maxMemory()) : most);
  }

  /// The JDK's client opens as many connections as there are requests under way, so that none waits
  /// for another's. A redirect is the client's to follow.
  @Bean(destroyMethod = "shutdownNow")
  HttpClient frontHttpClient(GatewayProperties properties) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(properties.connectTimeout())
        .build();
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  RouterFunction<ServerResponse> clusterRoutes(
      Orchestrator orchestrator,
      ServiceCatalog catalog,
      ObjectProvider<ClusterFolder> folder,
      GatewayProperties properties) {
    return ownErrors(
        new ClusterRoutes(
            orchestrator,
            () -> ExternalApi.of(catalog.external()),
            () -> folder.getObject().root(),
            properties.maxJar()));
  }

  @Bean
  @Order(-1)
  RouterFunction<ServerResponse> objectRoutes(
      ServiceCatalog catalog, JsonCalls calls, GatewayProperties properties) {
    return ownErrors(new ObjectRoutes(catalog, calls, properties.maxBody()));
  }

  @Bean
  @Order(0)
  RouterFunction<ServerResponse> externalRoutes(
      ServiceCatalog catalog, JsonCalls calls, GatewayProperties properties) {
    return ownErrors(new ExternalRoutes(catalog, calls, properties.maxBody()));
  }

  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  RouterFunction<ServerResponse> frontRoute(
      Resolver resolver, ServiceCatalog catalog, GatewayProperties properties) {
    var fronts = new Fronts(resolver, properties.startTimeout(), System::nanoTime);
    var front = new FrontHandler(fronts, new OtherMethods(catalog)::instead);
    return ownErrors(_ -> Optional.of(front));
  }

  /// Leaves the container's error page, which is dispatched to a path, out of the routes, and says
  /// what went wrong in here as the other problems are said.
  private static RouterFunction<ServerResponse> ownErrors(RouterFunction<ServerResponse> routes) {
    return request ->
        request.servletRequest().getDispatcherType() == DispatcherType.ERROR
            ? Optional.empty()
            : routes.route(request).map(GatewayConfiguration::guarded);
  }

  private static HandlerFunction<ServerResponse> guarded(HandlerFunction<ServerResponse> handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (RuntimeException e) {
        log.error("Request failed: method={} path={}", request.method(), request.path(), e);
        return new Problem(
                ProblemType.INTERNAL,
                "The gateway failed at '%s': %s.".formatted(request.path(), e))
            .response();
      }
    };
  }
}
