package dev.myelin.samples.guestbook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a guest wrote.
@Entity
class Entry {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  @Column(nullable = false)
  private String author;

  @Column(nullable = false, length = 1000)
  private String message;

  @Column(nullable = false)
  private Instant writtenAt;

  /// For JPA, which sets the fields afterwards.
  @SuppressWarnings("NullAway.Init")
  protected Entry() {}

  Entry(String author, String message, Instant writtenAt) {
    this.author = author;
    this.message = message;
    this.writtenAt = writtenAt;
  }

  /// Its number, once stored.
  @Nullable Long id() {
    return id;
  }

  /// Who wrote it.
  String author() {
    return author;
  }

  /// What it says.
  String message() {
    return message;
  }

  /// When it was written.
  Instant writtenAt() {
    return writtenAt;
  }
}
