package waybill.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.ReserveStockHandler;
import waybill.local.EmbeddedCloud;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * The least heap in which ReserveStock can work on one batch of a hundred orders of five hundred SKUs each: a JVM of its own is given less
 * and less until it fails. The tables are the embedded cloud's, in another process. No two orders share a SKU and all of it is there, so each
 * order is taken, in steps.
 */
final class BatchHeap {
  private static final int ORDERS = 100;
  private static final int LINES = 500;
  private static final int MOST_WRITTEN = 25;
  private static final String TABLE = "InventoryTable";
  private static final List<Integer> MEBIBYTES = List.of(256, 192, 128, 96, 64, 48, 32);

  private BatchHeap() {}

  static void print(PrintStream out) throws Exception {
    int least = -1;
    try (EmbeddedCloud cloud = Benchmarks.cloud()) {
      OneProcess.quietly(() -> stock(OneProcess.overHttp(InstantSource.system())));
      for (int mebibytes : MEBIBYTES) {
        if (!fits(mebibytes)) {
          break;
        }
        least = mebibytes;
      }
    }
    out.println(new Figure("heap-of-a-batch-of-100-of-500", least, "MiB", "<= 256").line("%.0f"));
  }

  private static Void stock(OneProcess process) {
    process.putLocation("leipzig");
    String first = sku(0, 0);
    process.putProduct(first);
    OneProcess.run(new AdjustStockHandler(process.ports()), OneProcess.http("POST", "/stock/" + first + "/adjustments",
        Map.of("sku", first), Map.of(),
        process.read("adjust-stock.json").<ObjectNode>deepCopy().put("quantity", 1_000)));
    DynamoDbClient tables = process.ports().dynamo();
    Map<String, AttributeValue> pool = tables.getItem(it -> it.tableName(TABLE)
        .key(Map.of("pk", AttributeValue.fromS(first), "sk", AttributeValue.fromS("pool#default")))).item();
    List<WriteRequest> puts = IntStream.range(1, ORDERS * LINES).mapToObj(it -> {
      var copy = new HashMap<>(pool);
      copy.put("pk", AttributeValue.fromS(sku(it / LINES, it % LINES)));
      return WriteRequest.builder().putRequest(put -> put.item(copy)).build();
    }).toList();
    for (int from = 0; from < puts.size(); from += MOST_WRITTEN) {
      List<WriteRequest> some = puts.subList(from, Math.min(puts.size(), from + MOST_WRITTEN));
      tables.batchWriteItem(it -> it.requestItems(Map.of(TABLE, some)));
    }
    return null;
  }

  private static String sku(int order, int line) {
    return "A-SKU-OF-USUAL-LENGTH-%d-%d".formatted(order, line);
  }

  private static boolean fits(int mebibytes) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", "-Xmx%dm".formatted(mebibytes)));
    for (String name : List.of("aws.endpointUrlDynamoDb", "aws.region", "aws.accessKeyId", "aws.secretAccessKey")) {
      command.add("-D%s=%s".formatted(name, System.getProperty(name, "")));
    }
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), BatchHeap.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader lines = process.inputReader()) {
      while (lines.readLine() != null) {
        // It logs each order.
      }
    }
    return process.waitFor() == 0;
  }

  /** In the JVM with the little heap. */
  public static void main(String[] args) {
    Runtime.getRuntime().halt(isDone() ? 0 : 1);
  }

  private static boolean isDone() {
    try {
      OneProcess process = OneProcess.overHttp(InstantSource.system());
      OneProcess.receive(new ReserveStockHandler(process.ports()), OneProcess.batch(IntStream.range(0, ORDERS)
          .mapToObj(order -> new OrderPlaced(OrderId.of(new ChannelId("de-web"), order + "-" + System.nanoTime()),
              new StockPool("default"), IntStream.range(0, LINES)
                  .mapToObj(line -> new SkuQuantity(new Sku(sku(order, line)), 1))
                  .toList(),
              Instant.now()))
          .toList()));
      return true;
    } catch (OutOfMemoryError | RuntimeException e) {
      return false;
    }
  }
}
