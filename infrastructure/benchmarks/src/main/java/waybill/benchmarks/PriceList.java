package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What units cost, and what is assumed where nothing can be measured here: {@code infrastructure/prices.json}. */
record PriceList(JsonNode file) {

  static PriceList read(Path file) throws IOException {
    return new PriceList(JsonMapper.builder().build().readTree(Files.readString(file)));
  }

  double assumed(String name) {
    return known("assumed", name).asDouble();
  }

  private JsonNode known(String section, String name) {
    JsonNode found = file.path(section).path(name);
    if (found.isMissingNode()) {
      throw new IllegalArgumentException("prices.json has no " + name + " in " + section);
    }
    return found;
  }

  /** A line of a bill. */
  record Line(String unit, double amount, double price) {

    String text() {
      return String.format(Locale.ROOT, "  %-16s %14.1f %10.4f", unit, amount, price);
    }
  }

  /** What amounts of units cost, the dearest first. @param section {@code per_million} or {@code per_month} */
  List<Line> bill(String section, Map<String, Double> amounts) {
    var lines = new ArrayList<Line>();
    double each = section.equals("per_million") ? 1e-6 : 1;
    amounts.forEach((unit, amount) -> lines
        .add(new Line(unit, amount, amount * each * known(section, unit).path("price").asDouble())));
    lines.sort((one, other) -> Double.compare(other.price, one.price));
    return lines;
  }

  static double sum(List<Line> lines) {
    return lines.stream().mapToDouble(Line::price).sum();
  }

  String title() {
    return "list prices of " + file.path("region").asText() + ", looked up on " + file.path("looked_up").asText();
  }
}
