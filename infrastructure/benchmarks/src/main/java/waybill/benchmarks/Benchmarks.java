package waybill.benchmarks;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    if (only.isEmpty() || only.equals("price")) {
      Prices.print(out);
    }
    if (only.isEmpty() || only.equals("template")) {
      TemplateFigures.print(Path.of("template.yaml"), out);
    }
    if (only.isEmpty() || only.equals("batching")) {
      Batching.print(out);
    }
    if (only.isEmpty() || only.equals("search")) {
      SearchPages.print(out);
    }
    if (only.isEmpty() || only.equals("chain")) {
      Chain.measure(base(), Integer.getInteger("rounds", 3), out);
    }
    if (only.isEmpty() || only.equals("seeds")) {
      Seeds.measure(base(), Integer.getInteger("rounds", 3), out);
    }
    if (only.isEmpty() || only.equals("cold-starts")) {
      try (EmbeddedCloud cloud = cloud()) {
        ColdStarts.measure(cloud, out);
      }
    }
    System.exit(0);
  }

  /** Another built checkout to be measured beside this one. */
  private static Optional<Checkout> base() {
    return Optional.of(System.getProperty("base", "")).filter(it -> !it.isEmpty())
        .map(it -> new Checkout("base", Path.of(it).toAbsolutePath()));
  }

  static EmbeddedCloud cloud() throws Exception {
    return EmbeddedCloud.start(Settings.of(Path.of("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS));
  }

  private static void writeUnits(PrintStream out) throws Exception {
    try (EmbeddedCloud cloud = cloud();
        Meter meter = new Meter(URI.create(System.getProperty("aws.endpointUrlDynamoDb")))) {
      // Functions make their clients when they are first called: all of them call the meter.
      System.setProperty("aws.endpointUrlDynamoDb", meter.url().toString());
      var shop = new Shop(Path.of("events"), cloud.url(),
          cloud.token("benchmark", cloud.scopes().toArray(String[]::new)), 12);
      meter.forget();
      shop.deliver(shop.paidOrder("lone"));
      print(out, "write-units-lone-order", "<= 40", meter.units());
      String number = shop.packedApart("ten", 10);
      meter.forget();
      shop.scan(number, "in-transit");
      print(out, "write-units-scan-of-ten", "<= 2", meter.units());
    }
  }

  private static void print(PrintStream out, String name, String goal, Map<String, Integer> units) {
    out.println(new Figure(name, units.values().stream().mapToInt(it -> it).sum(), "units", goal).line());
    Meter.explain(units).forEach(out::println);
  }
}
