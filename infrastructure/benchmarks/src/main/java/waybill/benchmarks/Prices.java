package waybill.benchmarks;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import waybill.local.EmbeddedCloud;
import waybill.template.Stack;
import waybill.template.Template;

/** {@code -Donly=price}: what a thousand orders and an idle month cost, from what is counted here and {@code infrastructure/prices.json}. */
final class Prices {

  private Prices() {}

  static void print(PrintStream out) throws Exception {
    PriceList prices = PriceList.read(Path.of("infrastructure/prices.json"));
    out.println(prices.title());
    var thousand = new HashMap<String, Double>();
    oneOrder(prices).forEach((unit, amount) -> thousand.put(unit, 1_000 * amount));
    bill("usd-a-thousand-orders", prices.bill("per_million", thousand), out);
    Stack stack = new Stack(Template.read(Path.of("template.yaml")), Map.of(), name -> name);
    bill("usd-an-idle-month-by-use", prices.bill("per_million", Usage.ofAnIdleMonth(stack, prices)), out);
    bill("usd-an-idle-month-for-being-there", prices.bill("per_month", Usage.ofBeingThere(stack)), out);
  }

  private static Map<String, Double> oneOrder(PriceList prices) throws Exception {
    try (EmbeddedCloud cloud = Benchmarks.cloud();
        Meter meter = new Meter(URI.create(System.getProperty("aws.endpointUrlDynamoDb")))) {
      System.setProperty("aws.endpointUrlDynamoDb", meter.url().toString());
      var shop = new Shop(Path.of("events"), cloud.url(),
          cloud.token("benchmark", cloud.scopes().toArray(String[]::new)), 12);
      meter.forget();
      var usage = new Usage(cloud);
      shop.deliver(shop.paidOrder("lone"));
      return usage.ofOneOrder(prices, meter.units().values().stream().mapToInt(it -> it).sum(), meter.readUnits());
    }
  }

  private static void bill(String name, List<PriceList.Line> lines, PrintStream out) {
    out.println(new Figure(name, PriceList.sum(lines), "USD", "").line("%.3f"));
    lines.forEach(it -> out.println(it.text()));
  }
}
