package dev.myelin.object;

import dev.myelin.storage.ObjectStore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// What hosts of objects are made of.
///
/// @param store where the objects are; asked for at the first call
/// @param mapper carries the values of fields
/// @param settings limits
/// @param space what [Objects] is while an operation runs
/// @param ticker interval clock, in nanoseconds
record Parts(
    Supplier<ObjectStore> store,
    JsonMapper mapper,
    ObjectSettings settings,
    ObjectSpace space,
    LongSupplier ticker) {}
