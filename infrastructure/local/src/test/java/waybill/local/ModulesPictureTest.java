package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture of the modules in CONTRIBUTING.md is what the poms say, without what follows from other arrows. */
class ModulesPictureTest {
  private static final Path PROJECT = OpenApi.FILE.getParent().getParent();
  private static final Pattern ARROW = Pattern.compile("(?m)^ +([a-z]+) --> ([a-z]+)$");
  private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([a-z]+)</artifactId>");

  @Test
  void eachArrowIsADependencyAndNoneIsMissing() throws IOException {
    Map<String, Set<String>> declared = poms().stream().collect(Collectors.toMap(ModulesPictureTest::name,
        ModulesPictureTest::dependencies, (a, _) -> a, TreeMap::new));
    assertThat(declared).containsKeys("messages", "orders", "local", "walk");
    Set<String> arrows = new TreeSet<>();
    declared.forEach((module, needed) -> needed.stream()
        .filter(it -> needed.stream().noneMatch(other -> !other.equals(it) && reaches(declared, other, it)))
        .forEach(it -> arrows.add(module + " --> " + it)));

    assertThat(picture()).containsExactlyElementsOf(arrows);
  }

  @Test
  void everyModuleOfTheBuildIsInIt() throws IOException {
    Set<String> built = Pattern.compile("<module>(?:.*/)?([a-z]+)</module>").matcher(
        Files.readString(PROJECT.resolve("pom.xml"))).results().map(it -> it.group(1)).collect(Collectors.toSet());
    Set<String> drawn = picture().stream().flatMap(it -> Stream.of(it.split(" --> "))).collect(Collectors.toSet());

    assertThat(drawn).isEqualTo(built);
  }

  private static Set<String> picture() throws IOException {
    return ARROW.matcher(Files.readString(PROJECT.resolve("CONTRIBUTING.md"))).results().map(MatchResult::group)
        .map(String::strip).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean reaches(Map<String, Set<String>> declared, String from, String to) {
    return declared.getOrDefault(from, Set.of()).stream()
        .anyMatch(it -> it.equals(to) || reaches(declared, it, to));
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> files = Stream.concat(Files.walk(PROJECT.resolve("functions"), 2),
        Files.walk(PROJECT.resolve("infrastructure"), 3))) {
      return files.filter(it -> it.endsWith("pom.xml")).toList();
    }
  }

  private static String name(Path pom) {
    return pom.getParent().getFileName().toString();
  }

  /** Those that its classes need; those of its tests are drawn only if it consists of tests. */
  private static Set<String> dependencies(Path pom) {
    boolean isTests = !Files.isDirectory(pom.resolveSibling("src/main/java"));
    return DEPENDENCY.matcher(read(pom)).results().map(it -> it.group(1))
        .filter(it -> it.contains("<groupId>waybill</groupId>") && (isTests || !it.contains("<scope>test</scope>")))
        .map(ARTIFACT::matcher).filter(Matcher::find).map(it -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
