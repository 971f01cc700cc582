package dev.myelin.benchmarks.http;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.Serving;
import java.util.Objects;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// An open Boot MVC application with the price list behind its controller.
///
/// @param context the application, owned by this object
record MvcServing(ConfigurableApplicationContext context) implements Serving {
  static final String SETTINGS =
      "JSON, Boot MVC on Tomcat with virtual threads and unlimited keep-alive requests";

  static MvcServing open(PriceList prices) {
    return new MvcServing(
        new SpringApplicationBuilder(PriceListController.class)
            .web(WebApplicationType.SERVLET)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .initializers((GenericApplicationContext context) ->
                context.registerBean(PriceList.class, () -> prices))
            .run(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--server.tomcat.max-keep-alive-requests=-1",
                "--spring.threads.virtual.enabled=true"));
  }

  @Override
  public int port() {
    return Objects.requireNonNull(
        context.getEnvironment().getProperty("local.server.port", Integer.class));
  }

  @Override
  public void close() {
    context.close();
  }
}
