package waybill.local;

import java.util.List;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, as only a process that ends shows that nothing was left. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class ClosingTest {
  private static final String LOOPBACK_V4 = "0100007F";
  private static final String LOOPBACK_V6 = "0000000000000000FFFF00000100007F";

  @TempDir
  Path project;

  @TempDir
  Path temporary;

  @Test
  void nothingListensBeyondLoopbackAndClosingLeavesNothing() throws Exception {
    Path template = FixtureZips.project(project);
    Process process = new ProcessBuilder(java(), "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary, "-cp",
        System.getProperty("java.class.path"), StartAndStop.class.getName(), template.toString())
        .redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();

    System.out.println(output);
    assertThat(ended).as("ended by itself").isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(line(output, "listening: ")).isNotEmpty().isSubsetOf(LOOPBACK_V4, LOOPBACK_V6);
    assertThat(line(output, "listening after close: ")).isEmpty();
    assertThat(output).as("nothing but its own lines").hasLineCount(4);
    assertThat(left()).as("temporary files").isEmpty();
  }

  private static List<String> line(String output, String prefix) {
    return output.lines().filter(it -> it.startsWith(prefix)).map(it -> it.substring(prefix.length()))
        .flatMap(it -> Stream.of(it.replaceAll("[\\[\\]]", "").split(", "))).filter(it -> !it.isEmpty()).toList();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files.filter(it -> !it.equals(temporary)).map(Path::toString).filter(it -> !it.contains("hsperfdata"))
          .toList();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
