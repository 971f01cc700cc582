/// Violated constraints on their way to a caller.
///
/// Bean Validation's exception holds objects of the validator, which cannot be carried; what they
/// say can. An exception that an operation threw goes in at the server, one that says the same
/// comes out at the client. Open [CarriedViolations] first.
@NullMarked
package dev.myelin.validation;

import org.jspecify.annotations.NullMarked;
