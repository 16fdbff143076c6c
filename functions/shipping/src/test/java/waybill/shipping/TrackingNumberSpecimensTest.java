package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import waybill.platform.Json;

/** Reads the specimens of jkeen/tracking_number_data: {@code mvn test -pl functions/shipping -am -Dtest=TrackingNumberSpecimensTest -Dtracking-numbers=DIR}. */
class TrackingNumberSpecimensTest {
  private static final String FOLDER = "tracking-numbers";

  private static List<Map<String, Object>> kinds() throws IOException {
    var kinds = new ArrayList<Map<String, Object>>();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty(FOLDER)))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
        for (Object kind : (List<?>) Json.readObject(Files.readString(file)).get("tracking_numbers")) {
          kinds.add(Json.object(kind));
        }
      }
    }
    return kinds;
  }

  private static List<String> specimens(Map<String, Object> kind, String which) {
    List<?> found = (List<?>) Json.object(kind.get("test_numbers")).get(which);
    return found == null ? List.of() : found.stream().map(Object::toString).toList();
  }

  @Test
  @EnabledIfSystemProperty(named = FOLDER, matches = ".+")
  void everySpecimenIsANumberHoweverItIsWritten(TestReporter reporter) throws IOException {
    int valid = 0;
    int invalid = 0;
    int scanned = 0;
    for (Map<String, Object> kind : kinds()) {
      for (String specimen : specimens(kind, "valid")) {
        TrackingNumber number = TrackingNumber.parse(specimen).orElseThrow();
        String bare = specimen.replaceAll("\\s", "");
        assertThat(new TrackingNumber(number.value().toLowerCase(java.util.Locale.ROOT))).isEqualTo(number);
        if (!number.value().equals(bare.toUpperCase(java.util.Locale.ROOT))) {
          assertThat(bare).as("only what a scanner reads off USPS's labels is shortened").startsWith("420")
              .endsWith(number.value());
          assertThat(number.value()).hasSize(22);
          scanned++;
        }
        valid++;
      }
      invalid += specimens(kind, "invalid").size();
    }
    reporter.publishEntry("kinds %d, valid specimens %d, of which %d with a ZIP code, invalid specimens %d"
        .formatted(kinds().size(), valid, scanned, invalid));
    assertThat(valid).isPositive();
  }
}
