package dev.myelin.samples.guestbook;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/// The stored entries.
interface EntryRepository extends JpaRepository<Entry, Long> {

  /// All of them, the oldest first.
  List<Entry> findAllByOrderById();
}
