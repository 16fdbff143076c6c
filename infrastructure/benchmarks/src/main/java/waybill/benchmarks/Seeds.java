package waybill.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many seeds the simulation runs in a minute, each time in a new process: the same seeds in each checkout. */
final class Seeds {
  private static final String MODULE = "infrastructure/simulation";
  private static final String MAIN = "waybill.simulation.Simulate";
  private static final int SEEDS = 300;
  private static final Pattern RESULT = Pattern.compile("seeds in .* minutes: ([0-9,]+) a minute");

  private Seeds() {}

  /** @param base another checkout that is measured beside this one */
  static void measure(Optional<Checkout> base, int rounds, PrintStream out) throws IOException, InterruptedException {
    Map<Checkout, List<Double>> measured = new LinkedHashMap<>();
    base.ifPresent(it -> measured.put(it, new ArrayList<>()));
    measured.put(Checkout.own(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<Checkout, List<Double>> entry : measured.entrySet()) {
        entry.getValue().add(perMinute(entry.getKey()));
      }
    }
    double own = Figure.median(measured.get(Checkout.own()));
    out.println(base
        .map(it -> Figure.beside("seeds-a-minute", own, "seeds", ">= 1200", Figure.median(measured.get(it))))
        .orElseGet(() -> new Figure("seeds-a-minute", own, "seeds", ">= 1200")).line());
  }

  private static double perMinute(Checkout checkout) throws IOException, InterruptedException {
    Process process = checkout.start(MODULE, MAIN, List.of("-XX:+UseParallelGC", "-Xmx1g", "-Dseeds=" + SEEDS));
    var all = new StringBuilder();
    try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
      printed.lines().forEach(it -> all.append(it).append('\n'));
    }
    Matcher result = RESULT.matcher(all);
    if (process.waitFor() != 0 || !result.find()) {
      throw new IllegalStateException("the simulation of " + checkout.folder() + " failed:\n" + all);
    }
    return Double.parseDouble(result.group(1).replace(",", ""));
  }
}
