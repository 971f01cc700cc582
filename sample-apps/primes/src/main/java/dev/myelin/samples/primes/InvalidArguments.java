package dev.myelin.samples.primes;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Answers 400 with the message where a controller or a service refuses an argument.
@RestControllerAdvice
final class InvalidArguments {

  @ExceptionHandler
  ProblemDetail badRequest(IllegalArgumentException refusal) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.BAD_REQUEST, String.valueOf(refusal.getMessage()));
  }
}
