package dev.myelin.autoconfigure;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;

/// Makes the stand-in of one service when it is first asked for.
///
/// A factory bean rather than a bean with a supplier, because a container injects into a bean's
/// fields and calls its life-cycle methods, but leaves alone what a synthetic factory bean makes:
/// no `@Autowired`, `@PostConstruct`, `@PreDestroy` or aspect of the service's class reaches its
/// stand-in.
///
/// @param <T> type of the stand-in
final class StandInFactoryBean<T> implements FactoryBean<T> {

  private final BeanFactory beans;
  private final ServiceContract contract;

  StandInFactoryBean(BeanFactory beans, ServiceContract contract) {
    this.beans = beans;
    this.contract = contract;
  }

  @Override
  @SuppressWarnings("unchecked") // the contract's type is T, erased
  public T getObject() {
    var standIn = beans.getBean(ServiceClients.class).standIn(contract);
    var runners = beans.getBeanProvider(InstanceRunners.class).getIfAvailable();
    return (T) (runners == null ? standIn : runners.silence(standIn));
  }

  @Override
  public Class<?> getObjectType() {
    return contract.type();
  }
}
