package waybill.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A built checkout of Waybill: this one, or another one that is measured beside it in the same run.
 *
 * @param name what its figures are called by
 */
record Checkout(String name, Path folder) {
  private static final List<String> QUIET = List.of("--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow", "-Dstdout.encoding=UTF-8");

  /** This checkout. */
  static Checkout own() {
    return new Checkout("this", Path.of("").toAbsolutePath());
  }

  /** Starts a main class of one of the checkout's modules in its folder, with its own classes and libraries. */
  Process start(String module, String main, List<String> options) throws IOException {
    var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    command.addAll(QUIET);
    command.addAll(options);
    command.addAll(List.of("-classpath", classpath(folder.resolve(module).resolve("target")), main));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  /** The file is written by the build: by the profile {@code benchmark}, or by {@code infrastructure/tools/side-by-side}. */
  private static String classpath(Path target) {
    try {
      return target.resolve("classes") + ":" + Files.readString(target.resolve("classpath")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("build the checkout with infrastructure/tools/side-by-side first", e);
    }
  }
}
