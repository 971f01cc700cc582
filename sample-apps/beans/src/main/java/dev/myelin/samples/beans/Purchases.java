package dev.myelin.samples.beans;

import dev.myelin.Microservice;
import dev.myelin.samples.beans.Persistent.Purchase;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/// A repository that is a service itself.
@Microservice
interface Purchases extends JpaRepository<Purchase, Long> {

  Purchase findByLabel(String label);

  List<Purchase> findByLabelStartingWithOrderByLabel(String start);

  @Query("select p from Purchase p left join fetch p.lines where p.label = ?1")
  Purchase withLines(String label);
}
