package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes that share a cloud, whichever these are in a run, open no shop of one name. */
class ShopNamesTest {
  private static final Pattern OPENED = Pattern.compile("(?:new Shop\\([^;]*?|\\bopen\\()\"([a-z0-9-]+)\"");

  @Test
  void eachShopOfTheJourneysHasANameOfItsOwn() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        OPENED.matcher(Files.readString(file)).results().forEach(it -> names.add(it.group(1)));
      }
    }
    assertThat(names).hasSizeGreaterThan(50).doesNotHaveDuplicates();
  }
}
