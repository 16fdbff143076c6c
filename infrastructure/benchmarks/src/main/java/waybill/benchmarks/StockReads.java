package waybill.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.GetStockHandler;
import waybill.store.StoreClient;

/**
 * How much processor time {@code GET /stock/{sku}} takes among few SKUs and among a million, each at three locations, in one process with the
 * tables in memory: of both in turns. The time of its own thread, which other work on the machine does not stretch.
 */
final class StockReads {
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;
  private static final int READS = 20_000;
  private static final int WARM = 5_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String TABLE = "InventoryTable";
  private static final String FIRST = "SKU-0";
  private static final List<String> LOCATIONS = List.of("leipzig", "ulm", "kiel");

  private final OneProcess process;
  private final StoreClient tables;
  private final GetStockHandler read;

  private StockReads(int skus) throws IOException {
    tables = new StoreClient(OneProcess.store());
    process = OneProcess.on(tables, InstantSource.system());
    LOCATIONS.forEach(process::putLocation);
    process.putProduct(FIRST);
    var adjust = new AdjustStockHandler(process.ports());
    for (String location : LOCATIONS) {
      ObjectNode form = process.read("adjust-stock.json").deepCopy();
      OneProcess.run(adjust, OneProcess.http("POST", "/stock/" + FIRST + "/adjustments/" + location,
          Map.of("sku", FIRST), Map.of(), form.put("location_id", location)));
    }
    copy(skus);
    read = new GetStockHandler(process.ports());
  }

  /** The other SKUs are as the first one. */
  private void copy(int skus) {
    List<Map<String, AttributeValue>> first = tables.query(QueryRequest.builder().tableName(TABLE)
        .keyConditionExpression("pk = :pk").expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(FIRST)))
        .build())
        .items();
    for (int sku = 1; sku < skus; sku++) {
      AttributeValue pk = AttributeValue.fromS("SKU-" + sku);
      for (Map<String, AttributeValue> item : first) {
        var copy = new HashMap<>(item);
        copy.put("pk", pk);
        tables.putItem(PutItemRequest.builder().tableName(TABLE).item(copy).build());
      }
    }
  }

  static void print(PrintStream out) throws Exception {
    var few = new ArrayList<Double>();
    var many = new ArrayList<Double>();
    OneProcess.quietly(() -> {
      var small = new StockReads(FEW);
      var large = new StockReads(MANY);
      var chance = new Random(1);
      for (int i = -WARM; i < READS; i++) {
        boolean first = i % 2 == 0;
        double one = (first ? small : large).micros(first ? chance.nextInt(FEW) : chance.nextInt(MANY));
        double other = (first ? large : small).micros(first ? chance.nextInt(MANY) : chance.nextInt(FEW));
        if (i >= 0) {
          few.add(first ? one : other);
          many.add(first ? other : one);
        }
      }
      return null;
    });
    out.println(new Figure("stock-read-p99-ratio", percentile(many, 99) / percentile(few, 99), "x",
        "<= 1.1  (p99 %.0f us of %,d SKUs, %.0f us of %,d; p50 %.0f, %.0f)".formatted(percentile(few, 99), FEW,
            percentile(many, 99), MANY, percentile(few, 50), percentile(many, 50)))
        .line("%.2f"));
  }

  private static double percentile(List<Double> values, int percent) {
    return values.stream().sorted().skip(values.size() * (long) percent / 100).findFirst().orElseThrow();
  }

  private double micros(int number) {
    String sku = "SKU-" + number;
    var event = OneProcess.http("GET", "/stock/" + sku, Map.of("sku", sku), Map.of(), null);
    long begun = THREADS.getCurrentThreadCpuTime();
    OneProcess.run(read, event);
    return (THREADS.getCurrentThreadCpuTime() - begun) / 1_000.0;
  }
}
