/// Application topics as several pubsub processes offer them together.
///
/// A broker in a folder, or in the memory of a pod, is one process's at a time, as [Seat] says:
/// [SharedTopics] of that process calls it, those of the others pass every call on to that process.
/// A call enters at whichever process the caller has chosen and leaves towards the broker. Open
/// [SharedTopics] first.
@NullMarked
package dev.myelin.pubsub.topic;

import org.jspecify.annotations.NullMarked;
