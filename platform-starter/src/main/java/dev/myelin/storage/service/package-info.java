/// The table of objects as a service: a few instances hold the connections with the database, and
/// everybody else calls them.
///
/// [dev.myelin.storage.service.ObjectTables] is what is called,
/// [dev.myelin.storage.service.CalledTable] makes a table of it again. What was not answered is
/// settled by the caller, across the service as across the database.
@NullMarked
package dev.myelin.storage.service;

import org.jspecify.annotations.NullMarked;
