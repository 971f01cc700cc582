/// Tests of the table of objects as a service.
@NullMarked
package dev.myelin.storage.service;

import org.jspecify.annotations.NullMarked;
