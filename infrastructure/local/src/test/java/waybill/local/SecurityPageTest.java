package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code infrastructure/security.md} names tests that are there, for each of the ten. */
class SecurityPageTest {
  private static final Path PROJECT = OpenApi.FILE.getParent().getParent();
  private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+Test)\\.([A-Za-z0-9]+)`");

  @Test
  void eachOfTheTenNamesTestsAndAllOfThemAreThere() throws IOException {
    List<String> rows = Files.readAllLines(PROJECT.resolve("infrastructure/security.md")).stream()
        .filter(it -> it.startsWith("| **API")).toList();
    assertThat(rows).hasSize(10);
    List<Path> sources = sources();
    IntStream.range(0, 10).forEach(i -> {
      assertThat(rows.get(i)).startsWith("| **API" + (i + 1) + "** ");
      List<MatchResult> named = NAMED.matcher(rows.get(i)).results().toList();
      assertThat(named).as(rows.get(i)).isNotEmpty()
          .allSatisfy(it -> assertThat(sources).anyMatch(source -> has(source, it.group(1), it.group(2))));
    });
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT)) {
      return files.filter(it -> it.toString().endsWith("Test.java")).toList();
    }
  }

  private static boolean has(Path source, String type, String test) {
    try {
      return source.getFileName().toString().equals(type + ".java")
          && Files.readString(source).contains(" " + test + "(");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
