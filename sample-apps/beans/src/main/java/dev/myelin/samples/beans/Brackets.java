package dev.myelin.samples.beans;

import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.springframework.stereotype.Component;

/// An application's own aspect.
@Aspect
@Component
class Brackets {

  @Around("execution(* dev.myelin.samples.beans.Annotated.Advised.*(..))")
  Object bracket(ProceedingJoinPoint call) throws Throwable {
    return "[" + call.proceed() + "]";
  }
}
