package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import waybill.local.EmbeddedCloud;
import waybill.local.providers.Caller;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.OrderId;
import waybill.warehouse.picking.Batching;
import waybill.warehouse.picking.Batching.Batch;
import waybill.warehouse.picking.Block;
import waybill.warehouse.picking.Block.Spot;
import waybill.warehouse.picking.Device;
import waybill.warehouse.picking.Load;
import waybill.warehouse.picking.Walk;

/** How far people walk to pick random orders, and how long a scan takes while twenty of them pick at once. */
final class PickingFigures {
  private static final int ROUNDS = 50;
  private static final int ORDERS = 200;
  private static final int MOST_LINES = 4;
  private static final int AISLES = 12;
  private static final Block BLOCK = Block.of(25);
  private static final Device CART = new Device("cart", 8, 1_000_000, 1_000_000, null, 0);
  private static final int PICKERS = 20;
  private static final int ORDERS_A_PICKER = 12;

  private PickingFigures() {}

  static void print(PrintStream out) throws Exception {
    walking(out);
    scanning(out);
  }

  private static void print(PrintStream out, String name, double value, String unit, String goal) {
    out.println(new Figure(name, value, unit, goal).line("%.3f"));
  }

  private static void walking(PrintStream out) {
    long walked = 0;
    long optimum = 0;
    long serpentine = 0;
    long alone = 0;
    long nanos = 0;
    int batches = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Spot>> orders = orders(new Random(round));
      List<Load> loads = new ArrayList<>();
      for (int i = 0; i < orders.size(); i++) {
        loads.add(new Load(FulfillmentId.of(OrderId.of(new ChannelId("web"), "o" + i), 1), orders.get(i).size(), 1, 1));
        alone += Walk.of(BLOCK, orders.get(i)).length();
      }
      for (Batch batch : Batching.of(List.of(CART), loads, 100).batches()) {
        List<Spot> spots = batch.loads().stream().flatMap(it -> orders.get(loads.indexOf(it)).stream()).toList();
        long start = System.nanoTime();
        Walk walk = Walk.of(BLOCK, spots);
        nanos += System.nanoTime() - start;
        batches++;
        walked += length(walk.spots());
        optimum += walk.length();
        serpentine += serpentine(spots);
      }
    }
    print(out, "picking: distance of batches of 8 orders against the exact optimum", walked / (double) optimum,
        "x", "<= 1.05");
    print(out, "picking: the same through each aisle with a pick (S-shape)", serpentine / (double) optimum, "x",
        "");
    print(out, "picking: distance of batches of 8 orders against one order at a time", walked / (double) alone,
        "x", "<= 0.5");
    print(out, "picking: time to find a batch's way", nanos / 1_000.0 / batches, "µs", "");
  }

  private static List<List<Spot>> orders(Random random) {
    var orders = new ArrayList<List<Spot>>();
    for (int i = 0; i < ORDERS; i++) {
      var spots = new ArrayList<Spot>();
      for (int line = 1 + random.nextInt(MOST_LINES); line > 0; line--) {
        spots.add(new Spot(1 + random.nextInt(AISLES), 1 + random.nextInt(BLOCK.positions())));
      }
      orders.add(spots);
    }
    return orders;
  }

  private static long length(List<Spot> spots) {
    long length = BLOCK.fromStation(spots.getFirst()) + BLOCK.fromStation(spots.getLast());
    for (int i = 1; i < spots.size(); i++) {
      length += BLOCK.distance(spots.get(i - 1), spots.get(i));
    }
    return length;
  }

  /** Through every aisle with a pick; back from the last one if that is walked from the front. */
  private static long serpentine(List<Spot> spots) {
    var aisles = new TreeMap<Integer, TreeSet<Integer>>();
    spots.forEach(it -> aisles.computeIfAbsent(it.aisle(), _ -> new TreeSet<>()).add(it.position()));
    long depth = (BLOCK.positions() + 1L) * BLOCK.position();
    long along = 2L * (aisles.lastKey() - 1) * BLOCK.aisle();
    return along + (aisles.size() % 2 == 0
        ? aisles.size() * depth
        : (aisles.size() - 1) * depth + 2L * aisles.lastEntry().getValue().last() * BLOCK.position());
  }

  private static void scanning(PrintStream out) throws Exception {
    try (EmbeddedCloud cloud = Benchmarks.cloud()) {
      int orders = PICKERS * ORDERS_A_PICKER;
      var shop = new Shop(Path.of("events"), cloud.url(), everything(cloud, "bench"), 10_000);
      var caller = new Caller(cloud.url(), everything(cloud, "lead"));
      caller.put("/bins/leipzig/A-1", "{\"zone\":\"A\",\"aisle\":\"A\",\"position\":1}").expect(201);
      for (int i = 1; i <= orders; i++) {
        caller.put("/bins/leipzig/T-" + i, "{\"purpose\":\"tote\"}").expect(201);
      }
      caller
          .post("/bin-moves", "{\"location_id\":\"leipzig\",\"to\":\"A-1\",\"sku\":\"BENCH-1\",\"quantity\":9000}",
              "put")
          .expect(201);
      shop.paidOrders("picking-", orders);
      ObjectNode form = JsonNodeFactory.instance.objectNode().put("location_id", "leipzig").put("pickers", PICKERS);
      form.putArray("devices").addObject().put("id", "cart").put("bins", ORDERS_A_PICKER)
          .put("maximum_weight_grams", 2_000_000).put("maximum_volume_cm3", 20_000_000);
      form.putArray("collections").addObject().put("carrier", "dhl").put("cut_off_at",
          cloud.clock().instant().plus(Duration.ofHours(2)).toString());
      caller.post("/waves", form.toString(), "wave").expect(201);
      caller.post("/waves", form.toString(), "rest").expect(201);
      var millis = new ConcurrentLinkedQueue<Double>();
      try (var threads = Executors.newFixedThreadPool(PICKERS)) {
        var people = new ArrayList<Callable<Void>>();
        for (int i = 0; i < PICKERS; i++) {
          var picker = new Caller(cloud.url(), everything(cloud, "picker-" + i));
          int first = i * ORDERS_A_PICKER + 1;
          people.add(() -> pick(picker, first, millis));
        }
        for (var done : threads.invokeAll(people)) {
          done.get();
        }
      }
      List<Double> sorted = new ArrayList<>(millis);
      Collections.sort(sorted);
      print(out, "picking: scan to answer over HTTP, 20 pickers at once, p50", sorted.get(sorted.size() / 2), "ms",
          "");
      print(out, "picking: the same, p99", sorted.get(sorted.size() * 99 / 100), "ms", "<= 50");
      print(out, "picking: scans measured", sorted.size(), "scans", "");
    }
  }

  private static String everything(EmbeddedCloud cloud, String subject) {
    return cloud.token(subject, cloud.scopes().toArray(String[]::new));
  }

  private static Void pick(Caller picker, int firstTote, ConcurrentLinkedQueue<Double> millis) {
    JsonNode work = picker.get("/work/next?location_id=leipzig").expect(200).json();
    String scans = "/work/" + work.path("id").asText() + "/scans";
    int tote = firstTote;
    for (int scan = 0; !work.path("state").asText().equals("done"); scan++) {
      String code = switch (work.path("state").asText()) {
        case "bin" -> work.at("/expects/bin").asText();
        case "unit" -> work.at("/expects/sku").asText();
        case "tote" -> "T-" + tote++;
        default -> throw new IllegalStateException(work.toString());
      };
      String body = JsonNodeFactory.instance.objectNode().put("code", code).toString();
      long start = System.nanoTime();
      work = picker.post(scans, body, "scan-" + scan).expect(200).json();
      millis.add((System.nanoTime() - start) / 1e6);
      if (!work.at("/message/code").asText().equals("done")) {
        throw new IllegalStateException(work.toString());
      }
    }
    return null;
  }
}
