/// HTTP calls that leave this process through Spring Cloud LoadBalancer.
///
/// The name of a service enters, from a load-balanced `RestClient` or `WebClient` or an `lb://`
/// route; the HTTP endpoint of one of its instances leaves, chosen by the picker that chooses for
/// calls of stand-ins, from the same candidates. What became of the request comes back and counts
/// as what became of a call does. Open [MembershipLoadBalancer] first.
@NullMarked
package dev.myelin.client.http;

import org.jspecify.annotations.NullMarked;
