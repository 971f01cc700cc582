package dev.myelin.samples.beans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.callpath.Sides;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An application whose own classes are of Java 17, without a web server on either side.
final class OlderBytecodeTests {

  private static final int JAVA_17 = 61;
  private static final String SOURCE =
      """
      package older;

      import dev.myelin.Microservice;
      import java.util.List;
      import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
      import org.springframework.context.annotation.Bean;
      import org.springframework.context.annotation.Configuration;
      import org.springframework.context.annotation.Import;

      @Configuration(proxyBeanMethods = false)
      @EnableAutoConfiguration
      @Import(OlderApplication.Adder.class)
      public class OlderApplication {

        public record Sum(int total, List<Integer> of) {}

        public sealed interface Sign permits Plus, Minus {}
        public record Plus() implements Sign {}
        public record Minus() implements Sign {}

        @Microservice
        public static class Adder {
          public Sum add(List<Integer> numbers, Sign sign) {
            int total = numbers.stream().mapToInt(Integer::intValue).sum();
            return new Sum(sign instanceof Minus ? -total : total, numbers);
          }
        }

        @Bean
        java.util.function.Function<Integer, String> use(Adder adder) {
          return last -> adder.add(List.of(1, last), new Minus()).toString();
        }
      }
      """;

  @Test
  @SuppressWarnings("unchecked") // the bean's own type
  void applicationOfJava17CallsAndIsCalled(@TempDir Path folder) throws Exception {
    compile(folder);
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      var application = loader.loadClass("older.OlderApplication");
      assertThat(major(loader)).isEqualTo(JAVA_17);
      try (var sides = Sides.remote(application)) {
        var adder = loader.loadClass("older.OlderApplication$Adder");
        assertThat(sides.caller().getBean(adder)).isNotExactlyInstanceOf(adder);

        var use = (Function<Integer, String>) sides.caller().getBean("use");

        assertThat(use.apply(4)).isEqualTo("Sum[total=-5, of=[1, 4]]");
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void compile(Path folder) throws IOException {
    var source = Files.writeString(folder.resolve("OlderApplication.java"), SOURCE);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                List.of(
                        "--release",
                        "17",
                        "-parameters",
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString())
                    .toArray(String[]::new));
    assertThat(result).isZero();
  }

  private static int major(ClassLoader loader) throws IOException {
    try (var in =
        new DataInputStream(
            Objects.requireNonNull(
                loader.getResourceAsStream("older/OlderApplication$Adder.class")))) {
      in.readInt();
      in.readUnsignedShort();
      return in.readUnsignedShort();
    }
  }
}
