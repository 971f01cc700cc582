package dev.myelin.autoconfigure;

import dev.myelin.contract.InvalidServiceException;
import dev.myelin.contract.OperationContract;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.UncarriableTypeException;
import java.util.ArrayList;
import java.util.List;

/// Checks that the arguments and results of every operation can be carried.
final class CarriedTypes {

  private final Codec codec;

  CarriedTypes(Codec codec) {
    this.codec = codec;
  }

  /// The operations that cannot be called from another process, each with the reason; empty if all
  /// can.
  ///
  /// @param services services of the application
  List<String> problems(List<ServiceBean> services) {
    var problems = new ArrayList<String>();
    for (var service : services) {
      for (var operation : service.contract().operations()) {
        try {
          check(operation);
        } catch (UncarriableTypeException e) {
          problems.add(
              "operation '%s' of service '%s' (%s): %s"
                  .formatted(operation.key(), service.contract().name(), service, e.getMessage()));
        }
      }
    }
    return problems;
  }

  /// Fails if an operation cannot be called from another process.
  ///
  /// @param services services of the application
  /// @throws InvalidServiceException naming every such operation
  void require(List<ServiceBean> services) {
    var problems = problems(services);
    if (!problems.isEmpty()) {
      throw new InvalidServiceException(
          "Arguments or results cannot be carried between processes:%n- %s"
              .formatted(String.join("%n- ".formatted(), problems)),
          "Declare parameters and results as records, sealed types, enums, collections, or types of"
              + " the JDK that hold values; or take @Microservice off the bean; or make the method"
              + " package-private, if no other bean calls it.");
    }
  }

  private void check(OperationContract operation) {
    codec.schema(operation.parameters());
    if (operation.result().type() != void.class) {
      codec.schema(operation.result().type());
    }
  }
}
