/// How the tables of a store come to be what this release needs.
///
/// A store lists its steps ([dev.myelin.storage.schema.Migration]) and says how they are kept
/// beside the objects ([dev.myelin.storage.schema.SchemaHistory]);
/// [dev.myelin.storage.schema.Migrator] takes those that are missing, one process at a time, or
/// says what somebody else has to run.
@NullMarked
package dev.myelin.storage.schema;

import org.jspecify.annotations.NullMarked;
