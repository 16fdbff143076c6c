package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeforeTheBuildTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void aFreePortIsNamedInTheFirstLine() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(isReady(Integer.toString(free))).isTrue();
    assertThat(lines()).singleElement().asString().contains("http://localhost:" + free + ".");
  }

  @Test
  void aTakenPortIsRefusedWithAnotherToTry() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(isReady(Integer.toString(other.getLocalPort()))).isFalse();
      assertThat(lines())
          .containsExactly("Port " + other.getLocalPort() + " is taken: stop what listens there, or choose"
              + " another port, for example `mvn -Plocal -Dport=" + (other.getLocalPort() + 1) + "`.");
    }
  }

  @Test
  void portZeroIsAnyFreeOne() throws IOException {
    assertThat(isReady("0")).isTrue();
    assertThat(lines()).singleElement().asString().contains("any free port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "-1", "65536", "99999999999"})
  void whatIsNoPortIsRefused(String port) throws IOException {
    assertThat(isReady(port)).isFalse();
    assertThat(lines()).singleElement().asString().startsWith("-Dport=" + port + " is no port");
  }

  /** As Maven runs it: before anything is compiled, by a JDK that may be older than the classes' own. */
  @Test
  void itRunsFromItsSourceAlone(@TempDir Path folder) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path source = Path.of("src/main/java/waybill/local/BeforeTheBuild.java").toAbsolutePath();
    Process process = new ProcessBuilder(java.toString(), "--source", "17", source.toString(), "0")
        .directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("any free port");
  }

  private boolean isReady(String port) throws IOException {
    return BeforeTheBuild.isReady(port, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
