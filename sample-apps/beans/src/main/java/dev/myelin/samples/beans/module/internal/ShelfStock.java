package dev.myelin.samples.beans.module.internal;

import dev.myelin.Microservice;
import dev.myelin.samples.beans.module.Stock;

@Microservice
class ShelfStock implements Stock {

  @Override
  public int of(String item) {
    return item.length();
  }
}
