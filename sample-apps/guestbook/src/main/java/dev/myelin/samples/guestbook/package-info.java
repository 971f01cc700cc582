/// A guestbook: an application like any other, with one bean annotated.
///
/// A message enters [GuestbookController], is cleaned by [ProfanityFilter] and stored as an
/// [Entry]; [SeedRunner] writes the first one, [EntryCount] looks in now and then. Everything but
/// the one annotation on [ProfanityFilter] is what it would be without Myelin. Open that class
/// first.
@NullMarked
package dev.myelin.samples.guestbook;

import org.jspecify.annotations.NullMarked;
