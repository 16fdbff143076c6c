package waybill.benchmarks;

import java.io.PrintStream;
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
      OrderUnits.print(out);
    }
    if (only.isEmpty() || only.equals("returns")) {
      ReturnFigures.print(out);
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
    if (only.isEmpty() || only.equals("stock")) {
      HotSku.print(out);
      BatchHeap.print(out);
      StockReads.print(out);
    }
    if (only.isEmpty() || only.equals("options")) {
      OptionsFigures.print(out);
    }
    if (only.isEmpty() || only.equals("cartons")) {
      CartonFigures.print(System.getProperty("cartons", ""), out);
    }
    if (only.isEmpty() || only.equals("sourcing")) {
      SourcingFigures.print(out);
    }
    if (only.isEmpty() || only.equals("picking")) {
      PickingFigures.print(out);
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
    // Units are the same on a busy machine, if it stops no function.
    return EmbeddedCloud
        .start(Settings.of(Path.of("template.yaml")).withSecrets(Settings.SAMPLE_SECRETS).withTimeFactor(8));
  }
}
