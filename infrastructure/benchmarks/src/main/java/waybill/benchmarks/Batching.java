package waybill.benchmarks;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * What a batch of ReserveStock costs and how long an order waits, if all orders want one SKU: a model, as neither conflicts nor limits
 * of DynamoDB can be had on one machine. Orders come at random times. An invocation reads, writes transactions of up to 90 orders that
 * all change one counter, and sends what came of it. A transaction that begins while another one is at the counter, or when the
 * counter has had its 1,000 write units of the second, is cancelled, costs its units all the same, and is tried again as the
 * functions do it.
 *
 * <p>Assumed, in ms: a message's way through SQS 16, a call to SQS 8, a read 5, a transaction 5.
 */
final class Batching {
  private static final double HOP = 16;
  private static final double SQS = 8;
  private static final double READS = 10;
  private static final double TRANSACTION = 5;
  private static final int MOST_RECORDS = 90;
  private static final int CALL_OF_SQS = 10;
  private static final double UNITS_A_SECOND = 1_000;
  /** As {@code waybill.platform.Backoff}. */
  private static final int MOST_ATTEMPTS = 12;
  private static final double VISIBILITY = 360_000;
  private static final double MILLIS = 20_000;
  /** What Lambda polls a queue with at first. */
  private static final int POLLERS = 5;

  /**
   * A way to take orders from the queue.
   *
   * @param batch the most that an invocation gets
   * @param window how long a batch waits for more, in ms
   * @param consumers invocations at once
   */
  record Setting(int batch, double window, int consumers) {}

  /** What came of it, at one rate of orders. */
  record Result(double p50, double p99, double unitsAnOrder, double conflictsAnOrder, double ordersASecond) {}

  private static final List<Setting> SETTINGS = List.of(new Setting(1, 0, 10), new Setting(10, 0, 10),
      new Setting(10, 0, 3), new Setting(50, 1_000, 10), new Setting(100, 1_000, 10));
  private static final List<Integer> RATES = List.of(10, 1_000, 9_000);

  /** Something that happens at a time. */
  private record Event(double at, long number, Runnable what) {}

  private final Setting setting;
  private final Random chance = new Random(1);
  private final PriorityQueue<Event> events = new PriorityQueue<>(
      Comparator.comparingDouble(Event::at).thenComparingLong(Event::number));
  /** Of each order in the queue, when it was posted. */
  private final ArrayDeque<Double> waiting = new ArrayDeque<>();
  /** With a window: what each poller has gathered, and what waits for an invocation. */
  private final List<List<Double>> gathered = new ArrayList<>();
  private final ArrayDeque<List<Double>> ready = new ArrayDeque<>();
  private final List<Double> latencies = new ArrayList<>();
  private long numbers;
  private double now;
  private int idle;
  private double counterBusyUntil;
  private double counterUnits = UNITS_A_SECOND;
  private double counterUnitsAt;
  private long units;
  private long conflicts;

  private Batching(Setting setting) {
    this.setting = setting;
    this.idle = setting.consumers;
    for (int poller = 0; poller < POLLERS; poller++) {
      gathered.add(new ArrayList<>());
    }
  }

  static void print(PrintStream out) {
    out.printf("%6s %9s %9s %9s %8s %8s %12s %16s %9s%n", "batch", "window s", "consumers", "orders/s", "p50 ms",
        "p99 ms", "units/order", "conflicts/order", "done/s");
    for (Setting setting : SETTINGS) {
      for (int rate : RATES) {
        Result it = new Batching(setting).run(rate);
        out.printf(Locale.ROOT, "%6d %9.0f %9d %9d %8.0f %8.0f %12.2f %16.3f %9.0f%n", setting.batch,
            setting.window / 1_000, setting.consumers, rate, it.p50, it.p99, it.unitsAnOrder, it.conflictsAnOrder,
            it.ordersASecond);
      }
    }
  }

  /** What the limits of DynamoDB leave of one hot SKU: the most orders a second, by batch and consumers, and the best against one by one. */
  static void printRatio(PrintStream out) {
    double alone = 0;
    double best = 0;
    for (int batch : List.of(1, 10, 50, MOST_RECORDS)) {
      for (int consumers : List.of(1, 2, 3, 5, 10)) {
        double most = new Batching(new Setting(batch, 0, consumers)).run(RATES.getLast()).ordersASecond;
        alone = batch == 1 ? Math.max(alone, most) : alone;
        best = Math.max(best, most);
        out.println(
            new Figure("model-hot-sku-batch-%d-by-%d".formatted(batch, consumers), most, "orders/s", "").line());
      }
    }
    out.println(new Figure("model-hot-sku-ratio", best / alone, "x", ">= 50").line());
  }

  Result run(int rate) {
    arrive(rate, 0);
    while (!events.isEmpty() && events.peek().at <= MILLIS) {
      Event next = events.poll();
      now = next.at;
      next.what.run();
    }
    List<Double> sorted = latencies.stream().sorted().toList();
    int done = sorted.size();
    return new Result(sorted.get(done / 2), sorted.get(done * 99 / 100), (double) units / done,
        (double) conflicts / done, done * 1_000 / MILLIS);
  }

  private void at(double time, Runnable what) {
    events.add(new Event(time, numbers++, what));
  }

  /** Orders come independently of each other. */
  private void arrive(int rate, double from) {
    double posted = from - Math.log(1 - chance.nextDouble()) * 1_000 / rate;
    at(posted + HOP, () -> {
      arrive(rate, posted);
      if (setting.window == 0) {
        waiting.add(posted);
      } else {
        gather(chance.nextInt(POLLERS), posted);
      }
      start();
    });
  }

  /** Any poller may receive it; what it has gathered goes when it is full or its window is over. */
  private void gather(int poller, double posted) {
    List<Double> batch = gathered.get(poller);
    batch.add(posted);
    if (batch.size() == 1) {
      at(now + setting.window, () -> close(poller, batch));
    }
    if (batch.size() == setting.batch) {
      close(poller, batch);
    }
  }

  private void close(int poller, List<Double> batch) {
    if (gathered.get(poller) == batch) {
      ready.add(batch);
      gathered.set(poller, new ArrayList<>());
      start();
    }
  }

  private void start() {
    while (idle > 0 && !(waiting.isEmpty() && ready.isEmpty())) {
      idle--;
      List<Double> batch = ready.isEmpty() ? take() : ready.poll();
      at(now + READS, () -> write(batch, 0, 0));
    }
  }

  private List<Double> take() {
    var taken = new ArrayList<Double>();
    while (taken.size() < setting.batch && !waiting.isEmpty()) {
      taken.add(waiting.poll());
    }
    return taken;
  }

  /** The transactions of a batch, one after the other. */
  private void write(List<Double> batch, int written, int attempts) {
    int together = Math.min(MOST_RECORDS, batch.size() - written);
    units += 2L * together + 2;
    if (now < counterBusyUntil || !counterHasUnits()) {
      conflicts++;
      if (attempts + 1 >= MOST_ATTEMPTS) {
        List<Double> failed = new ArrayList<>(batch.subList(written, batch.size()));
        at(now + VISIBILITY, () -> waiting.addAll(failed));
        send(batch.subList(0, written));
      } else {
        double bound = Math.min(400, 4 << (attempts + 1));
        at(now + chance.nextDouble() * bound + READS, () -> write(batch, written, attempts + 1));
      }
      return;
    }
    counterBusyUntil = now + TRANSACTION;
    at(now + TRANSACTION, () -> {
      if (written + together < batch.size()) {
        write(batch, written + together, 0);
      } else {
        send(batch);
      }
    });
  }

  private boolean counterHasUnits() {
    counterUnits = Math.min(UNITS_A_SECOND, counterUnits + (now - counterUnitsAt) * UNITS_A_SECOND / 1_000);
    counterUnitsAt = now;
    if (counterUnits < 2) {
      return false;
    }
    counterUnits -= 2;
    return true;
  }

  /** Orders are reserved by now, and what came of it is sent. */
  private void send(List<Double> reserved) {
    reserved.forEach(it -> latencies.add(now - it));
    at(now + Math.ceilDiv(reserved.size(), CALL_OF_SQS) * SQS, () -> {
      idle++;
      start();
    });
  }
}
