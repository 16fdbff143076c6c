package waybill.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import waybill.local.EmbeddedCloud;
import waybill.platform.Json;

/**
 * What it takes that a unit comes back, from the request until its money is refunded: write units by what is written, as money, as store credit and
 * exchanged; and how long the function of the customer's page for returns works on one look at it, with the tables on DynamoDB Local in the same JVM.
 */
final class ReturnFigures {
  private static final int WARM = 300;
  private static final int ROUNDS = 500;

  private final EmbeddedCloud cloud;
  private final Shop shop;
  private final Meter meter;
  private final PrintStream out;

  private ReturnFigures(EmbeddedCloud cloud, Shop shop, Meter meter, PrintStream out) {
    this.cloud = cloud;
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
          cloud.token("benchmark", cloud.scopes().toArray(String[]::new)), 100);
      var figures = new ReturnFigures(cloud, shop, meter, out);
      figures.returned("return", form -> {});
      figures.returned("return-to-credit", form -> form.put("refund_to", "store_credit"));
      figures.returned("exchange", form -> ((ObjectNode) form.path("lines").path(0)).putObject("exchange"));
      figures.page(figures.asked("page"));
    }
  }

  /** Changes what is asked for. */
  private interface Wish {
    void of(ObjectNode form);
  }

  /** A unit of a delivered order of two is asked back. @return the order's id */
  private String asked(String name) throws InterruptedException {
    return asked(name, form -> {});
  }

  private String asked(String name, Wish wish) throws InterruptedException {
    String order = shop.paidOrder(name.replace("-", ""), 2);
    shop.deliver(order);
    meter.forget();
    ObjectNode form = shop.sample("request-return.json").put("order_id", order);
    wish.of(form);
    shop.command("/returns", form);
    return order;
  }

  /** It is counted and put on sale again, and what is due is refunded or sent. */
  private void returned(String name, Wish wish) throws InterruptedException {
    String order = asked(name, wish);
    String path = "/returns/ret_" + order.substring("ord_".length()) + "_1";
    shop.command(path + "/receipts", shop.sample("receive-return.json"));
    shop.command(path + "/dispositions", shop.sample("dispose-return.json"));
    OrderUnits.report(meter, "write-units-" + name, "", 1, out);
  }

  private void page(String order) throws Exception {
    String[] way = shop.trackingUrl(order).split("/");
    String token = way[way.length - 1];
    byte[] event = OneProcess.http("GET", "/tracking/" + token + "/returns", Map.of("token", token), Map.of(), null)
        .toString().getBytes(StandardCharsets.UTF_8);
    int bytes = 0;
    for (int i = 0; i < WARM; i++) {
      bytes = look(event);
    }
    meter.forget();
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = machine.getProcessCpuTime();
    var millis = new ArrayList<Double>();
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      look(event);
      millis.add((System.nanoTime() - begun) / 1e6);
    }
    double cpu = (machine.getProcessCpuTime() - before) / 1e6 / ROUNDS;
    Collections.sort(millis);
    out.println(new Figure("returns-page-p50", millis.get(ROUNDS / 2), "lambda-ms", "").line());
    out.println(new Figure("returns-page-p99", millis.get(ROUNDS * 99 / 100), "lambda-ms", "").line());
    out.println(new Figure("returns-page-cpu", cpu, "CPU-ms", "").line());
    out.println(new Figure("returns-page-read-units", meter.readUnits() / ROUNDS, "units", "").line());
    out.println(new Figure("returns-page-bytes", bytes, "bytes", "<= 100000").line("%.0f"));
  }

  /** @return the bytes of the page */
  private int look(byte[] event) throws Exception {
    Map<String, Object> answer = Json
        .readObject(new String(cloud.invoke("GetReturnsPage", event), StandardCharsets.UTF_8));
    String page = (String) answer.get("body");
    if (!page.contains("name=\"quantity.line_1\"") || !page.contains("name=\"instead.line_1\"")) {
      throw new IllegalStateException("it is not the page: " + answer.get("statusCode"));
    }
    return page.getBytes(StandardCharsets.UTF_8).length;
  }
}
