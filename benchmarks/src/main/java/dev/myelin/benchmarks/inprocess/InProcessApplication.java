package dev.myelin.benchmarks.inprocess;

import dev.myelin.benchmarks.basket.SummingPriceList;
import dev.myelin.benchmarks.myelin.PriceListBean;
import dev.myelin.benchmarks.myelin.PriceListService;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// An application with the starter, in its default mode: everything in one process.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class InProcessApplication {

  static ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(InProcessApplication.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .run();
  }

  @Bean
  PriceListService priceList() {
    return new PriceListBean(new SummingPriceList());
  }
}
