/// JSON over HTTP as Spring applications do it: Boot's MVC server on virtual threads, and before it
/// an HTTP interface client on `RestClient` or an OpenFeign client.
///
/// Open [dev.myelin.benchmarks.http.HttpInterfaceVariant] first.
@NullMarked
package dev.myelin.benchmarks.http;

import org.jspecify.annotations.NullMarked;
