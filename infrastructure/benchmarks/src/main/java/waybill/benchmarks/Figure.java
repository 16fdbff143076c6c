package waybill.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * One measured figure.
 *
 * @param goal what it should be, in words; empty if there is none
 */
record Figure(String name, double value, String unit, String goal) {

  /** A figure of this checkout and the same of the base, measured in one run. */
  static Figure beside(String name, double value, String unit, String goal, double base) {
    String beside = String.format(Locale.ROOT, "(base %.1f, ratio %.2f)", base, value / base);
    return new Figure(name, value, unit, goal.isEmpty() ? beside : goal + "  " + beside);
  }

  static double median(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  String line() {
    return line("%.1f");
  }

  /** @param format of the value */
  String line(String format) {
    return "%-32s %10s %-14s %s"
        .formatted(name, String.format(Locale.ROOT, format, value), unit, goal.isEmpty() ? "" : "goal " + goal)
        .stripTrailing();
  }
}
