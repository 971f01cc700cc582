/// Every kind of Spring bean as a service.
///
/// One small service for each annotation and each shape of bean that applications have; the tests
/// call all of them in one process and across processes, and write down what happens in
/// `docs/beans.md`. Open [BeansApplication] first.
@NullMarked
package dev.myelin.samples.beans;

import org.jspecify.annotations.NullMarked;
