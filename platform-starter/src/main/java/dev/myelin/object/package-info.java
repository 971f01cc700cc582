/// Objects that live in the store and are passed around as their URIs.
///
/// A call of a stand-in enters ([ObjectReferences]) and leaves as a call of the service of its
/// type, with the object's id before its arguments; at an instance of that service it arrives at an
/// [ObjectHost], which loads the object, runs the method and stores what it changed. [ObjectSpace],
/// or [Objects] without injection, is what user code creates and finds objects with. Open
/// [ObjectHost] first.
@NullMarked
package dev.myelin.object;

import org.jspecify.annotations.NullMarked;
