package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import waybill.local.functions.FaultKind;

/** The replay of dead letters that {@code infrastructure/runbooks.md} tells, tried on every queue. */
class RedriveTest {
  /** Every function dies in it, whatever order its message is about. */
  @RegisterExtension
  static final RunningCloud CLOUD = RunningCloud.ofItsOwn();
  private static final int MOST_RECEIVES = 20;
  private static final int A_SECOND = 10;
  private static final Duration TIME_TO_PAY = Duration.ofMinutes(31);

  private final Shop shop = new Shop(CLOUD.get(), "redrive");
  private final Receiver receiver = new Receiver();
  private String unpaid;

  @AfterEach
  void close() {
    shop.operator.send("DELETE", "/webhook-endpoints/redrive", "", Map.of()).expect(200);
    receiver.close();
  }

  @Test
  void deadLettersOfEveryQueueAreReplayedToTheirEndAndNothingHappensTwice() {
    Map<String, String> messages = oneMessageAQueue();
    assertThat(messages).as("every function that a queue feeds had one").hasSize(consumers());
    messages.forEach(this::giveUp);
    var world = new World(CLOUD.get());
    World.Look before = world.look();

    messages.keySet().forEach(this::replay);

    messages.keySet().forEach(queue -> await(queue).atMost(Duration.ofMinutes(1))
        .until(() -> CLOUD.get().messages(queue + "-dead-letters").isEmpty()));
    World.Look after = world.look();
    assertThat(after.messages()).as("messages that came again").isGreaterThanOrEqualTo(messages.size());
    assertThat(items(after)).containsExactlyInAnyOrderElementsOf(items(before));
    assertThat(shop.order(unpaid).path("status").asText()).isEqualTo("cancelled");
    assertThat(after.mails()).isEqualTo(before.mails());
    assertThat(shop.deadLetters()).isEmpty();
  }

  /**
   * Of orders that are delivered, cancelled, downloaded, captured, not found on the shelf, waited for, and never paid: by the queue, the first that
   * came.
   */
  private Map<String, String> oneMessageAQueue() {
    var messages = new ConcurrentHashMap<String, String>();
    CLOUD.get().onMessage(messages::putIfAbsent);
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 9);
    shop.operator.put("/webhook-endpoints/redrive", "{\"url\":\"%s\"}".formatted(receiver.url())).expect(201);
    String delivered = shop.paidOrder("1", sku, 2);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    shop.scan("delivered", shop.parcels(delivered).getFirst());
    shop.operator.post("/orders/" + delivered + "/replacements", shop.samples.read("replace-order.json").toString(),
        "replace-" + delivered).expect(202);
    var cancelled = shop.form("2", sku, 1);
    cancelled.withObject("/customer").put("email", "bounce+redrive@simulator.amazonses.com");
    String order = shop.place(cancelled);
    shop.pay("2", 1000);
    shop.rest();
    shop.cancel(order).expect(200);
    shop.rest();
    // Where SES is LocalStack's, it reports nothing by itself.
    CLOUD.get().sqs().sendMessage(it -> it.queueUrl(CLOUD.get().queueUrl(CLOUD.get().name("RecordMailFeedbackQueue")))
        .messageBody(shop.samples.read("record-mail-feedback.json").toString()));
    shop.operator.put("/products/REDRIVE-PDF", shop.samples.read("put-digital-product.json").toString()).expect(201);
    shop.paidOrder("4", "REDRIVE-PDF", 1);
    capture("5", sku);
    missOne("6", location);
    countOne("7", location);
    waitForOne("8", location);
    labelElsewhere("9", location);
    importOne(location);
    // Behind the cancelled order, whose refund is the message of its queue.
    String incident = shop.operator.post("/incidents", shop.samples.read("report-incident.json")
        .put("parcel_id", shop.parcels(delivered).getFirst().path("id").asText()).toString(), "broken-" + delivered)
        .expect(201).json().path("id").asText();
    shop.operator.post("/incidents/" + incident + "/resolution", "{\"kind\":\"refund\",\"amount\":100}",
        "refund-" + delivered)
        .expect(200);
    shop.operator.post("/disruptions", "{\"reason\":\"closed\",\"carrier\":\"nobody\",\"ends_at\":\"%s\"}"
        .formatted(CLOUD.get().clock().instant().plus(Duration.ofHours(1))), "closed").expect(201);
    sendBack(delivered, location);
    labelTheWayBack("11", location);
    unpaid = shop.place(shop.form("3", sku, 1));
    shop.rest();
    shop.pass(TIME_TO_PAY);
    return Map.copyOf(messages);
  }

  /** What was delivered comes back, and what was not, too. */
  private void sendBack(String order, String location) {
    String returned = shop.operator.post("/returns",
        shop.samples.read("request-return.json").put("order_id", order).put("refund_to", "store_credit").toString(),
        "back").expect(201).json()
        .path("id").asText();
    shop.warehouse.post("/returns/" + returned + "/receipts",
        shop.samples.read("receive-return.json").put("location_id", location).toString(), "back").expect(201);
    shop.warehouse.post("/returns/" + returned + "/dispositions",
        shop.samples.read("dispose-return.json").put("location_id", location).toString(), "back").expect(201);
    shop.rest();
    String refused = shop.paidOrder("10", shop.product("vase", location, 1), 1);
    shop.pack(shop.work(location).stream().filter(it -> it.path("order_id").asText().equals(refused)).findFirst()
        .orElseThrow()).expect(200);
    shop.rest();
    String event = shop.trackingEvent("in-transit", shop.parcels(refused).getFirst());
    shop.providers.easyPost(event.replace("\"in_transit\"", "\"return_to_sender\"")).expect(200);
    shop.rest();
  }

  /** A bowl is to come back with a label of the shop. */
  private void labelTheWayBack(String reference, String location) {
    String order = shop.paidOrder(reference, shop.product("bowl", location, 1), 1);
    shop.pack(shop.work(location).stream().filter(it -> it.path("order_id").asText().equals(order)).findFirst()
        .orElseThrow()).expect(200);
    shop.rest();
    shop.scan("delivered", shop.parcels(order).getFirst());
    String returned = shop.operator.post("/returns",
        "{\"order_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1}]}".formatted(order), "labelled")
        .expect(201).json().path("id").asText();
    shop.operator.post("/returns/" + returned + "/label", shop.samples.read("label-return.json").toString(), "label")
        .expect(200);
    shop.rest();
  }

  /** An order that is captured once its money is held, as the channel has it. */
  private void capture(String reference, String sku) {
    shop.place(shop.form(reference, sku, 1));
    String held = shop.paymentEvent("stripe-payment-intent-amount-capturable-updated.json", reference, 1000);
    shop.providers.stripe(held).expect(200);
    shop.rest();
    assertThat(shop.captures(reference)).containsExactly(1000L);
  }

  /** An order of two cups, of which the packer finds one. */
  private void missOne(String reference, String location) {
    String order = shop.paidOrder(reference, shop.product("cup", location, 2), 2);
    String fulfillment = shop.order(order).at("/fulfillments/0/id").asText();
    shop.warehouse.post("/fulfillments/" + fulfillment + "/shortages",
        shop.samples.read("report-shortage.json").toString(), "short-" + fulfillment).expect(200);
    shop.rest();
    assertThat(shop.order(order).at("/holds/0/reason").asText()).isEqualTo("short");
  }

  /** An order of two pots, of which one is counted. */
  private void countOne(String reference, String location) {
    String sku = shop.product("pot", location, 2);
    String order = shop.paidOrder(reference, sku, 2);
    shop.warehouse.post("/stock/" + sku + "/adjustments",
        shop.samples.read("count-stock.json").put("location_id", location).put("counted", 1).toString(), "count-" + sku)
        .expect(201);
    shop.rest();
    assertThat(shop.order(order).at("/holds/0/reason").asText()).isEqualTo("short");
  }

  /** An order of a lid, whose packer has a label already. */
  private void labelElsewhere(String reference, String location) {
    String order = shop.paidOrder(reference, shop.product("lid", location, 1), 1);
    String fulfillment = shop.order(order).at("/fulfillments/0/id").asText();
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    ((ObjectNode) packing.at("/parcels/0")).put("carrier", "DHL").put("tracking_number", "JDREDRIVE9")
        .putArray("lines").addObject().put("line_id", "line_1").put("quantity", 1);
    shop.warehouse.post("/fulfillments/" + fulfillment + "/packing", packing.toString(), "own-" + fulfillment)
        .expect(200);
    shop.rest();
  }

  /** A file of one line, by which a spoon arrives. */
  private void importOne(String location) {
    String file = "sku,location_id,quantity,reason\n%s,%s,1,received\n".formatted(shop.product("spoon", location, 0),
        location);
    shop.warehouse.send("POST", "/stock/imports", file, Map.of("Content-Type", "text/csv", "Idempotency-Key", "spoon"))
        .expect(202);
    shop.rest();
  }

  /** An order of a jar that is not there, and sold all the same. */
  private void waitForOne(String reference, String location) {
    String sku = shop.product("jar", location, 0);
    ObjectNode product = shop.samples.read("put-product.json");
    product.putObject("oversell").put("policy", "backorder").put("limit", 1);
    shop.operator.put("/products/" + sku, product.toString()).expect(200);
    assertThat(shop.order(shop.paidOrder(reference, sku, 1)).path("stock_status").asText()).isEqualTo("backordered");
  }

  /**
   * All but when Stripe was asked last about the order that was never paid, and who delivered last to the endpoint.
   */
  private Set<Map<String, AttributeValue>> items(World.Look look) {
    return look.items().values().stream().flatMap(Set::stream)
        .filter(it -> !it.get("pk").s().equals(unpaid) || !it.get("sk").s().equals("state"))
        .map(it -> it.get("sk").s().equals("progress")
            ? Map.of("cursor", it.getOrDefault("cursor", AttributeValue.fromNul(true)))
            : it)
        .collect(Collectors.toSet());
  }

  private static int consumers() {
    return (int) CLOUD.get().sqs().listQueuesPaginator().queueUrls().stream()
        .filter(it -> !it.endsWith("-dead-letters"))
        .count();
  }

  /** Its function dies of it until it is a dead letter. What a schedule sends meanwhile dies only where it is received with it. */
  private void giveUp(String queue, String body) {
    String received = body.replace("\\", "\\\\").replace("\"", "\\\"");
    CLOUD.get().fault(function(queue), 1, received, FaultKind.KILL_BEFORE, MOST_RECEIVES);
    CLOUD.get().sqs().sendMessage(it -> it.queueUrl(CLOUD.get().queueUrl(queue)).messageBody(body));
    do {
      shop.rest();
    } while (CLOUD.get().retry(queue) > 0);
    assertThat(CLOUD.get().messages(queue + "-dead-letters")).as(queue).contains(body);
    CLOUD.get().clearFaults();
  }

  /** {@code waybill-buy-label} feeds BuyLabel. */
  private static String function(String queue) {
    var name = new StringBuilder();
    for (String word : queue.replaceFirst("^waybill-", "").split("-")) {
      name.append(word.substring(0, 1).toUpperCase()).append(word.substring(1));
    }
    return name.toString();
  }

  /** As the command does it: to the queue that it came from. */
  private void replay(String queue) {
    var sqs = CLOUD.get().sqs();
    String source = sqs.getQueueAttributes(it -> it.queueUrl(CLOUD.get().queueUrl(queue + "-dead-letters"))
        .attributeNames(QueueAttributeName.QUEUE_ARN)).attributes().get(QueueAttributeName.QUEUE_ARN);
    sqs.startMessageMoveTask(it -> it.sourceArn(source).maxNumberOfMessagesPerSecond(A_SECOND));
  }
}
