package waybill.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.stream.Stream;
import waybill.fulfillment.cartons.Box;
import waybill.fulfillment.cartons.CartonChoice;
import waybill.fulfillment.cartons.CartonChoice.Objective;
import waybill.fulfillment.cartons.Effort;
import waybill.fulfillment.cartons.Goods;
import waybill.fulfillment.cartons.PackedBox;
import waybill.fulfillment.cartons.PackingCheck;
import waybill.fulfillment.cartons.Proposal.Packed;
import waybill.fulfillment.cartons.Size;
import waybill.fulfillment.cartons.Tariff;
import waybill.fulfillment.cartons.Turns;

/**
 * How well orders are packed, on public data that is not part of this project. Every packing is verified; time is the processor's, so that
 * work beside it does not count.
 */
final class CartonFigures {
  private static final int CLASSES = 7;
  private static final int MOST_UNITS = 30;
  /** How much of a unit's base lies on others in a parcel. */
  private static final int SUPPORT = 75;
  private static final Tariff TARIFF = new Tariff(300, 50, 1_000, 5_000);

  private final Path folder;
  private final PrintStream out;
  private int rejected;

  private CartonFigures(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  static void print(String folder, PrintStream out) throws IOException {
    List<String> lacking = Stream.of("items.csv", "boxes.csv", "expected.csv", "br1.txt", "br7.txt")
        .filter(it -> !Files.exists(Path.of(folder, it))).toList();
    if (folder.isEmpty() || !lacking.isEmpty()) {
      out.println("cartons: not measured, as -Dcartons=DIR names no folder with " + String.join(", ", lacking)
          + " (see infrastructure/benchmarks/README.md)");
      return;
    }
    var figures = new CartonFigures(Path.of(folder), out);
    figures.orders();
    figures.containers();
  }

  private void orders() throws IOException {
    Map<String, List<Goods>> orders = readOrders();
    List<Box> boxes = readBoxes();
    // Packed once before, so that it is compiled.
    orders.values().stream().limit(1_000).forEach(it -> choose(it, boxes, Objective.LEAST_COST, SUPPORT));
    fewest("cartons-boxes", orders, boxes, 0);
    fewest("cartons-boxes-75%-supported", orders, boxes, SUPPORT);
    var millis = new ArrayList<Double>();
    for (List<Goods> goods : orders.values()) {
      long begun = cpuNanos();
      Packed packed = choose(goods, boxes, Objective.LEAST_COST, SUPPORT);
      if (goods.stream().mapToInt(Goods::units).sum() <= MOST_UNITS) {
        millis.add((cpuNanos() - begun) / 1e6);
      }
      verify(goods, packed.boxes(), SUPPORT);
    }
    millis.sort(null);
    figure("cartons-cheapest-p50", millis.get(millis.size() / 2), "CPU-ms", "", "%.2f");
    figure("cartons-cheapest-p99", millis.get(millis.size() * 99 / 100), "CPU-ms", "<= 3, up to 30 units", "%.2f");
    figure("cartons-rejected", rejected, "orders", "0", "%.0f");
  }

  private void fewest(String name, Map<String, List<Goods>> orders, List<Box> boxes, int support) throws IOException {
    Map<String, Integer> peer = readExpected();
    int used = 0;
    int proved = 0;
    int least = 0;
    int more = 0;
    for (var order : orders.entrySet()) {
      Packed packed = choose(order.getValue(), boxes, Objective.FEWEST_BOXES, support);
      verify(order.getValue(), packed.boxes(), support);
      used += packed.boxes().size();
      least += packed.fewest();
      proved += packed.boxes().size() == packed.fewest() ? 1 : 0;
      more += packed.boxes().size() > peer.get(order.getKey()) ? 1 : 0;
    }
    figure(name, used, "boxes", "<= " + peer.values().stream().mapToInt(it -> it).sum(), "%.0f");
    figure(name + "-proved", proved, "orders",
        "fewer are impossible, of %d; in all not below %d".formatted(orders.size(),
            least),
        "%.0f");
    figure(name + "-above-peer", more, "orders", "", "%.0f");
  }

  private static Packed choose(List<Goods> goods, List<Box> boxes, Objective objective, int support) {
    return (Packed) CartonChoice.choose(goods, boxes, TARIFF, objective, support, Effort.QUICK);
  }

  private void verify(List<Goods> goods, List<PackedBox> boxes, int support) {
    List<String> faults = PackingCheck.faults(goods, boxes, support);
    rejected += faults.isEmpty() ? 0 : 1;
    faults.forEach(out::println);
  }

  private void containers() throws IOException {
    rejected = 0;
    double sum = 0;
    double seconds = 0;
    double longest = 0;
    int count = 0;
    for (int number = 1; number <= CLASSES; number++) {
      var numbers = new StringTokenizer(Files.readString(folder.resolve("br%d.txt".formatted(number))));
      int instances = next(numbers);
      double percent = 0;
      for (int i = 0; i < instances; i++) {
        long begun = cpuNanos();
        percent += percentFilled(numbers);
        double took = (cpuNanos() - begun) / 1e9;
        seconds += took;
        longest = Math.max(longest, took);
      }
      figure("containers-br%d".formatted(number), percent / instances, "%", "", "%.2f");
      sum += percent;
      count += instances;
    }
    figure("containers-filled", sum / count, "%", ">= 88, mean of %d".formatted(count), "%.2f");
    figure("containers-cpu", seconds / count, "CPU-s each", "<= 2, the longest %.1f".formatted(longest), "%.2f");
    figure("containers-rejected", rejected, "containers", "0", "%.0f");
  }

  private double percentFilled(StringTokenizer numbers) {
    next(numbers);
    next(numbers);
    var inner = new Size(next(numbers), next(numbers), next(numbers));
    var container = new Box("container", inner, inner, 0, Integer.MAX_VALUE / 2, 0, null);
    int kinds = next(numbers);
    var goods = new ArrayList<Goods>();
    for (int i = 0; i < kinds; i++) {
      String id = "kind-" + next(numbers);
      int length = next(numbers);
      boolean lengthUp = next(numbers) == 1;
      int width = next(numbers);
      boolean widthUp = next(numbers) == 1;
      int height = next(numbers);
      var turns = new Turns(lengthUp, widthUp, next(numbers) == 1);
      goods.add(new Goods(id, new Size(length, width, height), 0, next(numbers), turns, false, "", ""));
    }
    PackedBox packed = CartonChoice.fullest(goods, container, 0, Effort.THOROUGH);
    // What is loaded is verified; what was left out is not missing.
    Map<String, Integer> loaded = packed.units();
    verify(goods.stream().filter(it -> loaded.containsKey(it.id())).map(it -> it.of(loaded.get(it.id()))).toList(),
        List.of(packed), 0);
    verify(goods, loaded);
    return 100.0 * packed.volume() / inner.volume();
  }

  private void verify(List<Goods> goods, Map<String, Integer> loaded) {
    boolean tooMany = goods.stream().anyMatch(it -> loaded.getOrDefault(it.id(), 0) > it.units());
    rejected += tooMany ? 1 : 0;
  }

  private Map<String, List<Goods>> readOrders() throws IOException {
    var orders = new LinkedHashMap<String, List<Goods>>();
    for (String line : Files.readAllLines(folder.resolve("items.csv"))) {
      String[] cells = line.split(",");
      List<Goods> goods = orders.computeIfAbsent(cells[0], _ -> new ArrayList<>());
      goods.add(new Goods(cells[2] + "-" + goods.size(),
          new Size(number(cells[3]), number(cells[4]), number(cells[5])), number(cells[6]), number(cells[1])));
    }
    return orders;
  }

  /** Name, outer size, weight, inner size, and what it may weigh. */
  private List<Box> readBoxes() throws IOException {
    var boxes = new ArrayList<Box>();
    for (String line : Files.readAllLines(folder.resolve("boxes.csv"))) {
      String[] cells = line.split(",");
      var inner = new Size(number(cells[5]), number(cells[6]), number(cells[7]));
      var outer = new Size(number(cells[1]), number(cells[2]), number(cells[3]));
      boxes.add(new Box(cells[0], inner, outer, number(cells[4]), number(cells[8]), 0, null));
    }
    return boxes;
  }

  private Map<String, Integer> readExpected() throws IOException {
    var expected = new HashMap<String, Integer>();
    for (String line : Files.readAllLines(folder.resolve("expected.csv"))) {
      expected.put(line.split(",")[0], number(line.split(",")[4]));
    }
    return expected;
  }

  private void figure(String name, double value, String unit, String goal, String format) {
    out.println(new Figure(name, value, unit, goal).line(format));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static int next(StringTokenizer numbers) {
    return Integer.parseInt(numbers.nextToken());
  }

  private static int number(String cell) {
    return Integer.parseInt(cell.trim());
  }
}
