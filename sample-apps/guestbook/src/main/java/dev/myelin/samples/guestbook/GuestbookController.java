package dev.myelin.samples.guestbook;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Reads and writes the book.
@RestController
@RequestMapping("/entries")
final class GuestbookController {

  /// What a guest sends.
  ///
  /// @param author who writes
  /// @param message what
  record NewEntry(
      @NotBlank @Size(max = 100) String author, @NotBlank @Size(max = 1000) String message) {}

  /// What a reader sees.
  ///
  /// @param id number of the entry
  /// @param author who wrote it
  /// @param message what it says
  /// @param writtenAt when it was written
  record Line(@Nullable Long id, String author, String message, Instant writtenAt) {

    static Line of(Entry entry) {
      return new Line(entry.id(), entry.author(), entry.message(), entry.writtenAt());
    }
  }

  private final EntryRepository entries;
  private final ProfanityFilter filter;
  private final Clock clock;

  // snippet: controller
  GuestbookController(EntryRepository entries, ProfanityFilter filter, Clock clock) {
    this.entries = entries;
    this.filter = filter;
    this.clock = clock;
  }

  // end snippet

  @GetMapping
  List<Line> read() {
    return entries.findAllByOrderById().stream().map(Line::of).toList();
  }

  // snippet: controller
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Line write(@Valid @RequestBody NewEntry entry) {
    var author = filter.clean(entry.author());
    var message = filter.clean(entry.message());
    return Line.of(entries.save(new Entry(author, message, clock.instant())));
  }
  // end snippet
}
