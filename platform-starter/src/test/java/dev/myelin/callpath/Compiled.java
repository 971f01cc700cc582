package dev.myelin.callpath;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.core.SmartClassLoader;

/// Classes of one build of an application: compiled from sources by a test, in a class loader of
/// their own.
public final class Compiled extends ClassLoader implements SmartClassLoader {

  private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

  private Compiled() {
    super(Compiled.class.getClassLoader());
  }

  /// Compiles one source file.
  static Compiled of(String name, String text) {
    var compiled = new Compiled();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    var source =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    var files =
        new ForwardingJavaFileManager<JavaFileManager>(
            compiler.getStandardFileManager(problems, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
            return compiled.target(type);
          }
        };
    var options = List.of("-parameters", "-proc:none");
    if (!compiler.getTask(null, files, problems, options, null, List.of(source)).call()) {
      throw new IllegalArgumentException(problems.getDiagnostics().toString());
    }
    return compiled;
  }

  private JavaFileObject target(String type) {
    return new SimpleJavaFileObject(
        URI.create("mem:///" + type + ".class"), JavaFileObject.Kind.CLASS) {
      @Override
      public OutputStream openOutputStream() {
        var bytes = new ByteArrayOutputStream();
        classes.put(type, bytes);
        return bytes;
      }
    };
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    var bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes.toByteArray(), 0, bytes.size());
  }

  // exceptions are looked for as resources before they are loaded
  @Override
  protected @Nullable URL findResource(String name) {
    var type = name.replaceFirst("\\.class$", "").replace('/', '.');
    var bytes = name.endsWith(".class") ? classes.get(type) : null;
    return bytes == null ? null : url(name, bytes);
  }

  private static URL url(String name, ByteArrayOutputStream bytes) {
    var handler =
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() {
                return new ByteArrayInputStream(bytes.toByteArray());
              }
            };
          }
        };
    try {
      return URL.of(URI.create("mem:///" + name), handler);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  // the stand-ins of its classes are defined here, too
  @Override
  public Class<?> publicDefineClass(
      String name, byte[] bytes, @Nullable ProtectionDomain protectionDomain) {
    return defineClass(name, bytes, 0, bytes.length, protectionDomain);
  }
}
