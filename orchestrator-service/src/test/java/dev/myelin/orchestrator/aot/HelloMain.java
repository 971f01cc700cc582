package dev.myelin.orchestrator.aot;

/// Says hello; ends with the code that a variable of its environment names.
final class HelloMain {

  private HelloMain() {}

  public static void main(String[] arguments) {
    System.out.println("hello " + System.getProperty("myelin.build-hash", "") + arguments.length);
    System.exit(Integer.parseInt(System.getenv().getOrDefault("HELLO_EXIT", "0")));
  }
}
