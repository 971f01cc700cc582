package dev.myelin.samples.beans;

import dev.myelin.Microservice;

/// A package-private class; its public methods are operations all the same.
@Microservice
class Hidden {

  public String found() {
    return "found";
  }
}
