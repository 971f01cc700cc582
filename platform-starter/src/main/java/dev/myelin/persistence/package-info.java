/// Entities on their way between processes.
///
/// What was loaded of an entity is carried like any other object; this says what was not, and makes
/// what stands for it on the other side. The rest of the platform does not know of any persistence
/// provider. Open [Entities] first.
@NullMarked
package dev.myelin.persistence;

import org.jspecify.annotations.NullMarked;
