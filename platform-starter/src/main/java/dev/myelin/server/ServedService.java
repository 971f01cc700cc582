package dev.myelin.server;

import dev.myelin.wire.ServiceLoad;
import dev.myelin.wire.ServiceNames;
import java.util.function.Supplier;

/// A hosted service: its bean, its permits, its counts.
///
/// @param name name of the service
/// @param bean gets the bean
/// @param admission its permits
/// @param vitals its counts
record ServedService(
    String name, Supplier<Object> bean, Admission admission, ServiceVitals vitals) {

  static ServedService of(HostedServices.Hosted hosted, AdmissionSettings settings) {
    var contract = hosted.contract();
    return new ServedService(
        contract.name(),
        hosted.bean(),
        new Admission(contract.attributes().scaling().concurrency(), settings, System::nanoTime),
        new ServiceVitals());
  }

  /// Whether it is the platform's own: served while draining, too.
  boolean platform() {
    return ServiceNames.reserved(name);
  }

  ServiceLoad load() {
    return vitals.load(name, admission);
  }

  /// Says why a call has no place.
  String noRoom(Admission.Entry entry) {
    return "%d calls of '%s' run or wait already, at a limit of %d%s"
        .formatted(
            admission.inFlight(),
            name,
            admission.limit(),
            entry == Admission.Entry.TOO_LATE ? ", too many to be answered in time" : "");
  }
}
