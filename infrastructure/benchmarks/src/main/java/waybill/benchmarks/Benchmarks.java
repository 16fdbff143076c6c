package waybill.benchmarks;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
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
    if (only.isEmpty() || only.equals("template")) {
      TemplateFigures.print(Path.of("template.yaml"), out);
    }
    if (only.isEmpty() || only.equals("batching")) {
      Batching.print(out);
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

  private static EmbeddedCloud cloud() throws Exception {
    return EmbeddedCloud.start(Settings.of(Path.of("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS));
  }

  private static void writeUnits(PrintStream out) throws Exception {
    try (EmbeddedCloud cloud = cloud();
        Meter meter = new Meter(URI.create(System.getProperty("aws.endpointUrlDynamoDb")))) {
      // Functions make their clients when they are first called: all of them call the meter.
      System.setProperty("aws.endpointUrlDynamoDb", meter.url().toString());
      var shop = new Shop(cloud.url(), cloud.token("benchmark", cloud.scopes().toArray(String[]::new)), 2);
      meter.forget();
      shop.deliver(shop.paidOrder("lone"));
      var units = meter.units();
      out.println(
          new Figure("write-units-lone-order", units.values().stream().mapToInt(it -> it).sum(), "units", "<= 40")
              .line());
      Meter.explain(units).forEach(out::println);
    }
  }
}
