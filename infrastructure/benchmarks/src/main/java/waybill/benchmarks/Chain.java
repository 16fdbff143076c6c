package waybill.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast orders go through the embedded cloud and what they cost it. Each round starts the cloud of each checkout anew, so that
 * whatever else the machine does falls on both alike; a figure is the median of the rounds.
 */
final class Chain {
  private static final int WARM_ORDERS = Integer.getInteger("warm", 300);
  private static final int ORDERS = Integer.getInteger("orders", 400);
  private static final int LONE_ORDERS = 15;

  /** A figure of the chain. @param goal for this checkout; a ratio where it begins with {@code x} */
  private enum Row {
    ORDERS_PER_SECOND("chain-orders-per-second", "orders/s", "", ">= 4 x the base"), POST_TO_MAIL_P50(
        "chain-post-to-mail-p50", "ms", "<= 1500",
        ""), POST_TO_MAIL_P99("chain-post-to-mail-p99", "ms", "", ""), LONE("lone-post-to-reserved-p50", "ms", "<= 300",
            ""), RESERVED_PER_SECOND("reserved-orders-per-second", "orders/s", ">= 200", ""), CPU(
                "reserved-cpu-per-order",
                "CPU-ms", "<= 7", ""), RANGE_CPU("reserved-cpu-per-order-of-a-range", "CPU-ms", "<= 7",
                    ""), MEMORY("rss-after-400-paid-orders", "MiB", "", "<= 0.7 x the base");

    private final String text;
    private final String unit;
    private final String goal;
    private final String ratio;

    Row(String text, String unit, String goal, String ratio) {
      this.text = text;
      this.unit = unit;
      this.goal = goal;
      this.ratio = ratio;
    }
  }

  private final Map<Checkout, Map<Row, List<Double>>> measured = new LinkedHashMap<>();

  /** @param base another checkout that is measured beside this one */
  static void measure(Optional<Checkout> base, int rounds, PrintStream out) throws Exception {
    var chain = new Chain();
    for (int round = 0; round < rounds; round++) {
      if (base.isPresent()) {
        chain.round(base.get());
      }
      chain.round(Checkout.own());
    }
    for (Row row : Row.values()) {
      double own = chain.median(Checkout.own(), row);
      out.println(base.map(it -> Figure.beside(row.text, own, row.unit, row.goal + row.ratio, chain.median(it, row)))
          .orElseGet(() -> new Figure(row.text, own, row.unit, row.goal + row.ratio)).line());
    }
  }

  private void round(Checkout checkout) throws Exception {
    try (CloudProcess cloud = CloudProcess.start(checkout)) {
      var shop = new Shop(checkout.folder().resolve("events"), cloud.url(), cloud.token(), 10 * (WARM_ORDERS + ORDERS));
      shop.paid("warm", WARM_ORDERS);

      Duration before = cloud.cpu();
      Duration reserving = shop.reserved("reserved", ORDERS);
      add(checkout, Row.CPU, cloud.cpu().minus(before).toNanos() / 1e6 / ORDERS);
      add(checkout, Row.RESERVED_PER_SECOND, ORDERS * 1e9 / reserving.toNanos());

      Shop.Run run = shop.paid("paid", ORDERS);
      add(checkout, Row.MEMORY, cloud.residentMib());
      add(checkout, Row.ORDERS_PER_SECOND, run.ordersPerSecond());
      List<Double> millis = shop.postToMailMillis(run);
      add(checkout, Row.POST_TO_MAIL_P50, millis.get(ORDERS / 2));
      add(checkout, Row.POST_TO_MAIL_P99, millis.get(ORDERS * 99 / 100));

      add(checkout, Row.LONE, shop.loneMillis("lone", LONE_ORDERS));

      List<String> wanted = Zipf.wanted(ORDERS);
      shop.putRange(wanted);
      before = cloud.cpu();
      shop.reserved("range", wanted);
      add(checkout, Row.RANGE_CPU, cloud.cpu().minus(before).toNanos() / 1e6 / ORDERS);
    }
  }

  private void add(Checkout checkout, Row row, double value) {
    measured.computeIfAbsent(checkout, _ -> new LinkedHashMap<>()).computeIfAbsent(row, _ -> new ArrayList<>())
        .add(value);
  }

  private double median(Checkout checkout, Row row) {
    return Figure.median(measured.get(checkout).get(row));
  }
}
