package dev.myelin.benchmarks.dubbo;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;

/// Dubbo's own world, one for each server and client, so that several live in one JVM.
final class DubboApplication implements AutoCloseable {
  /// 127.0.0.1 as one number. Dubbo takes whatever begins with «127.» for a mistake: it would
  /// listen on every interface, and connect to the machine's outward address.
  static final String LOOPBACK = String.valueOf(0x7F00_0001);

  private static final int TIMEOUT_MILLIS = 10_000;

  private final FrameworkModel framework = new FrameworkModel();
  private final DubboBootstrap bootstrap = DubboBootstrap.newInstance(framework);

  DubboApplication(String name) {
    var application = new ApplicationConfig(name);
    application.setEnableFileCache(false);
    application.setRegisterConsumer(false);
    application.setMetadataServicePort(0);
    bootstrap.application(application);
  }

  DubboBootstrap bootstrap() {
    return bootstrap;
  }

  <T> T refer(Class<T> service, String protocol, int port) {
    var reference = new ReferenceConfig<T>();
    reference.setInterface(service);
    reference.setUrl("%s://%s:%d/%s".formatted(protocol, LOOPBACK, port, service.getName()));
    reference.setTimeout(TIMEOUT_MILLIS);
    reference.setRetries(0);
    bootstrap.reference(reference).start();
    return reference.get();
  }

  @Override
  public void close() {
    framework.destroy();
  }
}
