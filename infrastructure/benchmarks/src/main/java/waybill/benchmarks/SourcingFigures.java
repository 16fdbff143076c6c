package waybill.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import waybill.fulfillment.sourcing.Bill;
import waybill.fulfillment.sourcing.Bill.Source;
import waybill.fulfillment.sourcing.Bill.Terms;
import waybill.fulfillment.sourcing.Sourcing;
import waybill.fulfillment.sourcing.Sourcing.Found;
import waybill.fulfillment.sourcing.Splitting;
import waybill.fulfillment.sourcing.Splitting.KitOf;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;

/** Whether orders of twenty lines ship from the best of all sets of ten locations, held against a search of its own, and how long that takes. */
final class SourcingFigures {
  /** What other work on the machine takes does not count. */
  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
  private static final int INSTANCES = 1_000;
  private static final int LOCATIONS = 10;
  private static final int LINES = 20;
  /** Of tariffs. */
  private static final int NUMBERS = 5;
  private static final LocalDate DAY = LocalDate.of(2026, 12, 3);
  private static final Terms TERMS = new Terms(DAY, 120, "EUR");

  private final Random random = new Random(17);
  private final List<LineQuantity> lines = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private final Map<Sku, Map<LocationId, Integer>> free = new HashMap<>();
  private Bill best;

  static void print(PrintStream out) {
    var figures = new SourcingFigures();
    var micros = new double[INSTANCES];
    int solvable = 0;
    int equal = 0;
    for (int warm = 0; warm < 2; warm++) {
      solvable = 0;
      equal = 0;
      for (int i = 0; i < INSTANCES; i++) {
        figures.draw();
        long begun = PROCESSOR.getCurrentThreadCpuTime();
        Sourcing.Outcome outcome = Sourcing.plan(figures.lines, figures.free, figures.sources, TERMS);
        micros[i] = (PROCESSOR.getCurrentThreadCpuTime() - begun) / 1e3;
        if (outcome instanceof Found found) {
          solvable++;
          equal += figures.bill(found).equals(figures.search()) ? 1 : 0;
        }
      }
    }
    Arrays.sort(micros);
    out.println(new Figure("sourcing 10 x 20, random instances that can be met", solvable, "", "").line());
    out.println(new Figure("sourcing 10 x 20, equal to the exact search", equal, "", "all").line());
    out.println(new Figure("sourcing 10 x 20, p50 of processor time", micros[INSTANCES / 2] / 1e3, "ms", "").line());
    out.println(
        new Figure("sourcing 10 x 20, p99 of processor time", micros[INSTANCES * 99 / 100] / 1e3, "ms", "<= 2").line());
    figures.printWithDuties(out);
  }

  /** Over a border, with a kit of three lines, and with each parcel to be worth what it costs. */
  private void printWithDuties(PrintStream out) {
    var micros = new double[INSTANCES];
    int solvable = 0;
    int equal = 0;
    for (int warm = 0; warm < 2; warm++) {
      solvable = 0;
      equal = 0;
      for (int i = 0; i < INSTANCES; i++) {
        draw();
        sources.replaceAll(it -> new Source(it.location(), it.full(), it.parcelCost(), it.arrives(), 0, null,
            random.nextInt(3) * 150));
        if (Sourcing.plan(lines, free, sources, terms(Splitting.ANY)) instanceof Found found) {
          solvable++;
          equal += found.sourced().cost() == leastOfBest() ? 1 : 0;
        }
        var kit = new KitOf(Map.of(lines.get(0).lineId(), lines.get(0).quantity(), lines.get(1).lineId(),
            lines.get(1).quantity(), lines.get(2).lineId(), lines.get(2).quantity()));
        Terms terms = terms(new Splitting(of -> 60L * of.size(), true, List.of(kit)));
        long begun = PROCESSOR.getCurrentThreadCpuTime();
        Sourcing.plan(lines, free, sources, terms);
        micros[i] = (PROCESSOR.getCurrentThreadCpuTime() - begun) / 1e3;
      }
    }
    Arrays.sort(micros);
    out.println(
        new Figure("sourcing 10 x 20 over a border, random instances that can be met", solvable, "", "").line());
    out.println(new Figure("sourcing 10 x 20 over a border, as cheap as the exact search", equal, "", "all").line());
    out.println(new Figure("sourcing 10 x 20 with duties, a kit and worth, p50 of processor time",
        micros[INSTANCES / 2] / 1e3, "ms", "").line());
    out.println(new Figure("sourcing 10 x 20 with duties, a kit and worth, p99 of processor time",
        micros[INSTANCES * 99 / 100] / 1e3, "ms", "").line());
  }

  private Terms terms(Splitting splitting) {
    Map<Sku, String> tariffs = new HashMap<>();
    for (int i = 0; i < LINES; i++) {
      tariffs.put(lines.get(i).sku(), "number " + i % NUMBERS);
    }
    return new Terms(DAY, 120, "EUR", splitting, tariffs);
  }

  /** Of all sets that hold everything, by their bills with the least duties; each number's from whichever of the set pay least. */
  private long leastOfBest() {
    Bill least = null;
    for (int set = 1; set < 1 << LOCATIONS; set++) {
      long duties = 0;
      for (int number = 0; number < NUMBERS && duties >= 0; number++) {
        long cheapest = cheapest(set, number);
        duties = cheapest < 0 ? -1 : duties + cheapest;
      }
      if (duties >= 0) {
        var members = new ArrayList<Source>();
        for (int at = 0; at < LOCATIONS; at++) {
          if ((set >> at & 1) == 1) {
            members.add(sources.get(at));
          }
        }
        Bill bill = Bill.of(members, TERMS, true);
        bill = new Bill(bill.full(), bill.daysLate(), bill.cost() + duties, bill.parcels());
        least = least == null || bill.compareTo(least) < 0 ? bill : least;
      }
    }
    return least.cost();
  }

  /** @return -1 if the set does not hold its goods */
  private long cheapest(int set, int number) {
    long cheapest = -1;
    for (int of = set; of > 0; of = of - 1 & set) {
      long duty = 0;
      for (int at = 0; at < LOCATIONS; at++) {
        duty += (of >> at & 1) * sources.get(at).duty();
      }
      if ((cheapest < 0 || duty < cheapest) && holds(of, number)) {
        cheapest = duty;
      }
    }
    return cheapest;
  }

  private boolean holds(int set, int number) {
    for (int line = number; line < LINES; line += NUMBERS) {
      int units = 0;
      for (int at = 0; at < LOCATIONS; at++) {
        units += (set >> at & 1) * units(at, line);
      }
      if (units < lines.get(line).quantity()) {
        return false;
      }
    }
    return true;
  }

  private void draw() {
    lines.clear();
    sources.clear();
    free.clear();
    for (int i = 0; i < LINES; i++) {
      lines.add(new LineQuantity(new LineId("line_" + i), new Sku("SKU-" + i), 1 + random.nextInt(3)));
    }
    for (int i = 0; i < LOCATIONS; i++) {
      var location = new LocationId("location-" + i);
      sources.add(new Source(location, random.nextInt(8) == 0, 300L + random.nextInt(600),
          DAY.plusDays(random.nextInt(4) - 2), 0));
      lines.forEach(line -> free.computeIfAbsent(line.sku(), _ -> new HashMap<>()).put(location,
          random.nextInt(10) < 4 ? 0 : random.nextInt(4)));
    }
  }

  private Bill bill(Found found) {
    var used = found.parts().stream().map(Sourcing.Part::location).toList();
    return Bill.of(sources.stream().filter(it -> used.contains(it.location())).toList(), TERMS, true);
  }

  /** Takes each location or leaves it, and gives up a branch only if the rest cannot hold what is missing. */
  private Bill search() {
    best = null;
    var open = new int[LINES];
    for (int i = 0; i < LINES; i++) {
      open[i] = lines.get(i).quantity();
    }
    branch(0, open, new ArrayList<>());
    return best;
  }

  private void branch(int next, int[] open, List<Source> taken) {
    boolean met = true;
    for (int i = 0; i < LINES; i++) {
      int rest = 0;
      for (int at = next; at < LOCATIONS; at++) {
        rest += units(at, i);
      }
      if (rest < open[i]) {
        return;
      }
      met &= open[i] <= 0;
    }
    if (met && !taken.isEmpty()) {
      Bill bill = Bill.of(taken, TERMS, true);
      best = best == null || bill.compareTo(best) < 0 ? bill : best;
      return;
    }
    if (next == LOCATIONS) {
      return;
    }
    branch(next + 1, open, taken);
    int[] less = open.clone();
    for (int i = 0; i < LINES; i++) {
      less[i] -= units(next, i);
    }
    var more = new ArrayList<>(taken);
    more.add(sources.get(next));
    branch(next + 1, less, more);
  }

  private int units(int location, int line) {
    return free.get(lines.get(line).sku()).get(sources.get(location).location());
  }
}
