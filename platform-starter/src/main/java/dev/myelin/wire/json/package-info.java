/// Wire records as JSON, for files and for people; the only part of `wire` that knows Jackson's
/// mapper.
@NullMarked
package dev.myelin.wire.json;

import org.jspecify.annotations.NullMarked;
