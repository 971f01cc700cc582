package dev.myelin.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/// Ends the process of an instance at the stage of its start-up that the property `dying.stage`
/// names: `before-bind`, `after-bind`, `before-register`, `first-call` (of the bean named
/// `dying.bean`); with `failing` the bean's calls fail instead. The first call waits until the
/// folder `dying.seen` has a file of the instance's id. Packed into the jar of an application by
/// [JarVariant].
public final class DyingListener implements ApplicationListener<ApplicationEvent>, Ordered {

  private static volatile boolean dying;
  private static volatile String stage = "";
  private static volatile Path seen = Path.of("");

  public DyingListener() {}

  /// Before the process registers, which a listener of the same event does.
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void onApplicationEvent(ApplicationEvent event) {
    if (event instanceof ApplicationPreparedEvent prepared) {
      prepare(prepared);
    } else if (event instanceof WebServerInitializedEvent) {
      dieAt("after-bind", 4);
    } else if (event instanceof ApplicationStartedEvent) {
      dieAt("before-register", 5);
    }
  }

  private static void prepare(ApplicationPreparedEvent event) {
    var context = event.getApplicationContext();
    Environment environment = context.getEnvironment();
    stage = environment.getProperty("dying.stage", "");
    seen =
        Path.of(
            environment.getProperty("dying.seen", ""),
            environment.getProperty("myelin.instance-id", ""));
    dying =
        environment.getProperty("myelin.describe") == null
            && environment
                .getProperty("myelin.hosts", "")
                .equals(environment.getProperty("dying.service"));
    dieAt("before-bind", 3);
    var bean = environment.getProperty("dying.bean");
    if (dying && bean != null) {
      context
          .getBeanFactory()
          .addBeanPostProcessor(
              new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object found, String name) {
                  return name.equals(bean) ? proxy(found) : found;
                }
              });
    }
  }

  private static Object proxy(Object bean) {
    var factory = new ProxyFactory(bean);
    factory.setProxyTargetClass(true);
    factory.addAdvice(
        (MethodBeforeAdvice)
            (_, _, _) -> {
              if (stage.equals("first-call")) {
                awaitSeen();
              }
              dieAt("first-call", 6);
              if (stage.equals("failing")) {
                throw new IllegalStateException("this build fails");
              }
            });
    return factory.getProxy();
  }

  // Else it could be dead before anybody has noticed that it served
  private static void awaitSeen() throws InterruptedException {
    while (!Files.exists(seen)) {
      Thread.sleep(Duration.ofMillis(20));
    }
  }

  private static void dieAt(String here, int status) {
    if (dying && stage.equals(here)) {
      System.out.println("dying " + here);
      System.out.flush();
      Runtime.getRuntime().halt(status);
    }
  }
}
