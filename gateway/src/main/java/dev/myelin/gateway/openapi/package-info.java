/// What the gateway offers, as an OpenAPI document: made of the description that the application
/// gives of itself, so that it needs no sources and is right for the version that runs.
///
/// Open [dev.myelin.gateway.openapi.OpenApi] first; [dev.myelin.gateway.openapi.JsonTypes] says
/// what Java's types are in JSON.
@NullMarked
package dev.myelin.gateway.openapi;

import org.jspecify.annotations.NullMarked;
