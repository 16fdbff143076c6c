package waybill.benchmarks;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param goal what it should be, in words; empty where there is none
 */
record Figure(String name, double value, String unit, String goal) {

  String line() {
    return "%-32s %10s %-14s %s"
        .formatted(name, String.format(Locale.ROOT, "%.1f", value), unit, goal.isEmpty() ? "" : "goal " + goal)
        .stripTrailing();
  }
}
