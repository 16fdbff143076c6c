package waybill.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.local.Caller;
import waybill.local.EmbeddedCloud;
import waybill.local.FunctionDeclaration;
import waybill.local.FunctionDeclaration.QueueEvent;
import waybill.local.Walk;

/**
 * An event for each function: what the gateway gave it last when the sample order was walked and everything was looked at, the
 * sample of its message, or a schedule's. The sample order has arrived by then, so what is asked again changes nothing.
 */
final class SampleEvents {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern TRACKING = Pattern.compile("/tracking/[A-Za-z0-9_.-]+");
  private static final byte[] SCHEDULE = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private SampleEvents() {}

  /** @param events the folder of the samples. @return an event by each function's name */
  static Map<String, byte[]> of(EmbeddedCloud cloud, Path events) throws Exception {
    Map<String, byte[]> seen = new ConcurrentHashMap<>();
    cloud.onEvent(seen::put);
    walk(cloud);
    look(cloud, events);
    var byFunction = new TreeMap<String, byte[]>();
    for (FunctionDeclaration function : cloud.declarations()) {
      boolean isFed = !function.events(QueueEvent.class).isEmpty();
      byte[] event = isFed ? message(function.id(), events) : seen.getOrDefault(function.id(), SCHEDULE);
      byFunction.put(function.id(), event);
    }
    return byFunction;
  }

  private static void walk(EmbeddedCloud cloud) {
    String failure = Walk.run(cloud, new PrintStream(java.io.OutputStream.nullOutputStream()));
    if (failure != null) {
      throw new IllegalStateException("the sample order does not arrive: " + failure);
    }
  }

  /** Asks for all that the walk does not ask for. */
  private static void look(EmbeddedCloud cloud, Path events) throws IOException {
    var caller = new Caller(cloud.url(), cloud.token("onlooker", cloud.scopes().toArray(String[]::new)));
    List.of("/products", "/products/TEA-200", "/channels/de-web", "/locations", "/stock/TEA-200", trackingPage(cloud))
        .forEach(it -> caller.get(it).expect(200));
    String order = caller.get("/orders?customer_id=c_881").expect(200).json().at("/data/0/id").asText();
    String fulfillment = caller.get("/orders/" + order).expect(200).json().at("/fulfillments/0/id").asText();
    caller.get("/fulfillments/" + fulfillment).expect(200);
    String cancellation = Files.readString(events.resolve("cancel-order.json"));
    caller.post("/orders/" + order + "/cancellation", cancellation, "too-late").expect(409);
  }

  private static String trackingPage(EmbeddedCloud cloud) {
    return cloud.mails().stream().map(mail -> TRACKING.matcher(mail.text())).filter(Matcher::find).map(Matcher::group)
        .findFirst().orElseThrow();
  }

  private static byte[] message(String function, Path events) throws IOException {
    String file = function.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT) + ".json";
    String body = Files.readString(events.resolve(file));
    return JSON.writeValueAsBytes(Map.of("Records", List.of(Map.of("messageId", "sample", "body", body, "attributes",
        Map.of("ApproximateReceiveCount", "1"), "eventSource", "aws:sqs"))));
  }
}
