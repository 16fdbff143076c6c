package waybill.benchmarks;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import waybill.local.EmbeddedCloud;
import waybill.local.Settings;

/** {@code mvn -Pbenchmark [-Donly=NAME]}: one line a figure. */
public final class Benchmarks {

  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    String only = System.getProperty("only", "");
    PrintStream out = System.out;
    if (only.isEmpty() || only.equals("write-units")) {
      writeUnits(out);
    }
    if (only.isEmpty() || only.equals("throughput")) {
      throughput(out);
    }
    if (only.isEmpty() || only.equals("cold-starts")) {
      try (EmbeddedCloud cloud = cloud()) {
        ColdStarts.measure(cloud, out);
      }
    }
    System.exit(0);
  }

  private static EmbeddedCloud cloud() throws Exception {
    return EmbeddedCloud.start(Settings.of(Path.of("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS));
  }

  private static void writeUnits(PrintStream out) throws Exception {
    try (EmbeddedCloud cloud = cloud();
        Meter meter = new Meter(URI.create(System.getProperty("aws.endpointUrlDynamoDb")))) {
      // Functions make their clients when they are first called: all of them call the meter.
      System.setProperty("aws.endpointUrlDynamoDb", meter.url().toString());
      var shop = new BenchmarkShop(cloud, 2);
      meter.forget();
      shop.deliver(shop.paidOrder("lone"));
      var units = meter.units();
      out.println(
          new Figure("write-units-lone-order", units.values().stream().mapToInt(it -> it).sum(), "units", "<= 44")
              .line());
      Meter.explain(units).forEach(out::println);
    }
  }

  private static void throughput(PrintStream out) throws Exception {
    int orders = 300;
    try (EmbeddedCloud cloud = cloud()) {
      var shop = new BenchmarkShop(cloud, 3 * orders);
      shop.run("warm", orders);
      BenchmarkShop.Run run = shop.run("measured", orders);
      out.println(new Figure("orders-per-second", run.ordersPerSecond(), "orders/s", "").line());
      out.println(new Figure("post-to-mail-p50", run.postToMailMillis(50), "ms", "").line());
      out.println(new Figure("post-to-mail-p99", run.postToMailMillis(99), "ms", "").line());
      long usedBytes = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      out.println(new Figure("heap-used", usedBytes / 1_048_576.0, "MiB", "").line());
    }
  }
}
