/// What a service offers, read off its Java type.
///
/// A class, an interface or a bean method goes in; a [ServiceContract] with its
/// [OperationContract]s comes out, used alike by the stand-in that calls, the server that is called
/// and the description that is printed. Open [ServiceContract] first.
@NullMarked
package dev.myelin.contract;

import org.jspecify.annotations.NullMarked;
