package dev.myelin.autoconfigure;

import dev.myelin.contract.ServiceContract;
import org.springframework.core.ResolvableType;

/// A bean definition that is a service.
///
/// @param name name of the bean
/// @param type its type with generics: the service's type or, where that is an interface, possibly
///   the class that implements it
/// @param contract the service
record ServiceBean(String name, ResolvableType type, ServiceContract contract) {

  /// Where it was found, for messages.
  @Override
  public String toString() {
    return "bean '%s' of type '%s'".formatted(name, type);
  }
}
