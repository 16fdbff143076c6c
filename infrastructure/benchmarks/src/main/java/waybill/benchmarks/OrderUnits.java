package waybill.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import waybill.local.EmbeddedCloud;

/** Write units of orders from POST to the doorstep, and of each command about one; what each sum consists of is printed below it. */
final class OrderUnits {
  private static final int CROWD = 60;

  private final Shop shop;
  private final Meter meter;
  private final PrintStream out;

  private OrderUnits(Shop shop, Meter meter, PrintStream out) {
    this.shop = shop;
    this.meter = meter;
    this.out = out;
  }

  static void print(PrintStream out) throws Exception {
    try (EmbeddedCloud cloud = Benchmarks.cloud();
        Meter meter = new Meter(URI.create(System.getProperty("aws.endpointUrlDynamoDb")))) {
      // Functions make their clients when they are first called: all of them call the meter.
      System.setProperty("aws.endpointUrlDynamoDb", meter.url().toString());
      var shop = new Shop(Path.of("events"), cloud.url(),
          cloud.token("benchmark", cloud.scopes().toArray(String[]::new)), 100 + 2 * CROWD);
      var units = new OrderUnits(shop, meter, out);
      units.delivered();
      units.commands();
    }
  }

  private void delivered() throws Exception {
    meter.forget();
    shop.deliver(shop.paidOrder("lone"));
    report("write-units-lone-order", "<= 40", 1);
    String number = shop.packedApart("ten", 10);
    meter.forget();
    shop.scan(number, "in-transit");
    report("write-units-scan-of-ten", "<= 2", 1);
    shop.putSampleProducts();
    meter.forget();
    shop.deliver(shop.paidSample("three"));
    report("write-units-three-lines", "", 1);
    meter.forget();
    List<String> crowd = shop.paidOrders("crowd", CROWD);
    shop.deliver(crowd);
    report("write-units-of-%d-together".formatted(CROWD), "<= 34", CROWD);
  }

  /** Each with all that follows from it, on an order of two units that is paid and open for packing. */
  private void commands() throws InterruptedException {
    command("cancel", "/orders/%s/cancellation", "cancel-order.json");
    command("cancel-a-unit", "/orders/%s/cancellation", "cancel-lines.json");
    command("correct-address", "/orders/%s/changes", "correct-address.json");
    command("note", "/orders/%s/notes", "note-order.json");
    String lead = shop.paidOrder("lead", 2);
    String companion = shop.paidOrder("companion", 2);
    measure("merge", "/orders/" + companion + "/merger",
        shop.sample("merge-order.json").put("order_id", lead).put("refund_shipping", false));
    String held = command("hold", "/orders/%s/holds", "hold-order.json");
    measure("release", "/orders/" + held + "/holds/" + shop.first(held, "holds") + "/release", "release-hold.json");
    String refunded = shop.paidOrder("refund", 2);
    shop.deliver(refunded);
    measure("refund", "/orders/" + refunded + "/refunds", "refund-order.json");
    String missing = shop.paidOrder("shortage", 2);
    measure("shortage", "/fulfillments/" + shop.first(missing, "fulfillments") + "/shortages", "report-shortage.json");
  }

  /** @return the order's id */
  private String command(String name, String path, String sample) throws InterruptedException {
    String order = shop.paidOrder(name.replace("-", ""), 2);
    measure(name, path.formatted(order), sample);
    return order;
  }

  private void measure(String name, String path, String sample) throws InterruptedException {
    ObjectNode body = shop.sample(sample);
    body.remove("shipping"); // these orders are placed without
    measure(name, path, body);
  }

  private void measure(String name, String path, ObjectNode body) throws InterruptedException {
    meter.forget();
    shop.command(path, body);
    report("write-units-" + name, "", 1);
  }

  private void report(String name, String goal, int orders) {
    report(meter, name, goal, orders, out);
  }

  static void report(Meter meter, String name, String goal, int orders, PrintStream out) {
    Map<String, Integer> units = meter.units();
    out.println(new Figure(name, (double) units.values().stream().mapToInt(it -> it).sum() / orders, "units", goal)
        .line());
    Meter.explain(units, orders).forEach(out::println);
  }
}
