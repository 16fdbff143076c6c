package waybill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import waybill.local.mail.Mail;
import waybill.local.providers.Caller;
import waybill.local.providers.Providers;
import waybill.local.providers.Samples;

/**
 * Walks the sample order from the storefront to the doorstep, as a storefront, a packer and the providers would: over HTTP
 * alone. Prints each thing that a function says as a line of a timeline, and checks each step before the next.
 */
public final class Walk {
  private static final int MOST_TRIES = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final List<String> NOT_IDS = List.of("level", "fn", "message", "message_id", "request_id", "at");

  private final EmbeddedCloud cloud;
  private final PrintStream out;
  private final Samples samples;
  private final Caller operator;
  private final Providers providers;
  private String step = "start";

  private Walk(EmbeddedCloud cloud, PrintStream out, Path events) {
    this.cloud = cloud;
    this.samples = new Samples(events);
    this.out = out;
    this.operator = new Caller(cloud.url(), cloud.token("operator", cloud.scopes().toArray(String[]::new)));
    this.providers = new Providers(cloud.url(), cloud.clock());
  }

  /** Returns the step that failed, and why, or null. */
  public static String run(EmbeddedCloud cloud, PrintStream out) {
    return run(cloud, out, Path.of("events"));
  }

  /** @param events the folder of the samples */
  public static String run(EmbeddedCloud cloud, PrintStream out, Path events) {
    var walk = new Walk(cloud, out, events);
    cloud.onLog(walk::print);
    try {
      walk.walk();
      return null;
    } catch (RuntimeException e) {
      return walk.step + ": " + e.getMessage();
    }
  }

  private void walk() {
    String order = order();
    String parcel = parcel(order);
    deliver(order, parcel);
    JsonNode delivered = operator.get("/orders/" + order).expect(200).json();
    check("the order is completed", () -> delivered.path("status").asText().equals("completed"));
    checkStock("TEA-200", 8);
    checkStock("MUG-BLUE", 8);
    checkMails(delivered.path("customer").path("email").asText());
  }

  /** A shop that has stock, and a paid order. @return its id */
  private String order() {
    step("the shop is set up");
    operator.put("/channels/de-web", samples.read("put-channel.json").toString()).expect(201, 200);
    operator.put("/locations/leipzig", samples.read("put-location.json").toString()).expect(201, 200);
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      operator.put("/products/" + sku, product(sku)).expect(201, 200);
      operator
          .post("/stock/" + sku + "/adjustments", samples.read("adjust-stock.json").toString(), "first-delivery-" + sku)
          .expect(201, 200);
    }
    step("the storefront places the order");
    String order = again(() -> operator.post("/orders", samples.read("place-order.json").toString())).expect(201, 200)
        .json().path("id").asText();
    step("Stripe reports that it is paid");
    again(() -> providers.stripe(samples.read("stripe-payment-intent-succeeded.json").toString())).expect(200);
    rest();
    JsonNode paid = operator.get("/orders/" + order).expect(200).json();
    check("stock and money are there", () -> paid.path("stock_status").asText().equals("reserved")
        && paid.path("payment_status").asText().equals("paid"));
    return order;
  }

  /** The sample is the tea's; the mug differs from it. */
  private String product(String sku) {
    ObjectNode product = samples.read("put-product.json");
    return (sku.equals("MUG-BLUE")
        ? product.put("name", "Becher, blau").put("weight_grams", 310).put("hs_code", "691200").put("origin", "DE")
        : product).toString();
  }

  /** The packed and labelled parcel. @return its tracking number */
  private String parcel(String order) {
    step("the packer finds the work and packs it");
    JsonNode work = operator.get("/fulfillments?status=open&location_id=leipzig").expect(200).json().path("data");
    check("one fulfillment is to be packed",
        () -> work.size() == 1 && work.path(0).path("order_id").asText().equals(order));
    String fulfillment = work.path(0).path("id").asText();
    again(() -> operator.post("/fulfillments/" + fulfillment + "/packing",
        samples.read("pack-fulfillment.json").toString(), "pack-" + fulfillment)).expect(200);
    rest();
    JsonNode parcel = operator.get("/orders/" + order).expect(200).json().path("fulfillments").path(0).path("parcels")
        .path(0);
    check("the parcel has its label", () -> parcel.path("tracking_number").isTextual());
    return parcel.path("tracking_number").asText();
  }

  private void deliver(String order, String trackingNumber) {
    Instant arrival = cloud.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    for (String news : List.of("in-transit", "out-for-delivery", "delivered")) {
      step("the carrier reports that it is " + news.replace('-', ' '));
      again(() -> providers.easyPost(
          samples.easyPost("easypost-tracker-" + news + ".json", trackingNumber, arrival))).expect(200);
      rest();
      JsonNode parcel = operator.get("/orders/" + order).expect(200).json().path("fulfillments").path(0).path("parcels")
          .path(0);
      check("the order knows", () -> parcel.path("status").asText().equals(news.replace('-', '_')));
    }
  }

  /** A busy machine may answer 503, which asks for the same again; storefronts, packers and providers do so. */
  private static Caller.Answer again(Supplier<Caller.Answer> call) {
    Caller.Answer answer = call.get();
    for (int tries = 1; tries < MOST_TRIES && answer.status() == 503; tries++) {
      answer = call.get();
    }
    return answer;
  }

  private void checkStock(String sku, int left) {
    step("the stock of " + sku + " is exact");
    JsonNode stock = operator.get("/stock/" + sku).expect(200).json();
    JsonNode pool = stock.path("pools").path(0);
    JsonNode location = stock.path("locations").path(0);
    check("%d on hand, %d available, nothing kept".formatted(left, left),
        () -> pool.path("available").asInt() == left && pool.path("reserved").asInt(-1) == 0
            && location.path("on_hand").asInt() == left && location.path("allocated").asInt(-1) == 0);
  }

  private void checkMails(String address) {
    step("every mail is in the mailbox, once");
    List<Mail> mails = cloud.mails().stream().filter(it -> it.to().contains(address)).toList();
    mails.forEach(mail -> line(mail.sentAt(), "Mailbox", mail.subject(), ""));
    check("four mails", () -> mails.size() == 4 && mails.stream().map(Mail::subject).distinct().count() == 4);
  }

  private void step(String name) {
    step = name;
    out.println();
    out.println(Character.toUpperCase(name.charAt(0)) + name.substring(1));
  }

  private void check(String what, BooleanSupplier holds) {
    if (!holds.getAsBoolean()) {
      throw new IllegalStateException("not so: " + what);
    }
  }

  /** Until all that was set going has come to rest. */
  private void rest() {
    try {
      cloud.awaitIdle(PATIENCE);
    } catch (TimeoutException e) {
      throw new IllegalStateException("it has not come to rest within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
  }

  private void print(Map<String, Object> line) {
    // What begins otherwise is a metric, and CloudWatch's.
    String ids = line.entrySet().stream().filter(it -> Character.isLowerCase(it.getKey().charAt(0)))
        .filter(it -> !NOT_IDS.contains(it.getKey()))
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(Collectors.joining(" "));
    line(Instant.parse((String) line.get("at")), String.valueOf(line.get("fn")), String.valueOf(line.get("message")),
        ids);
  }

  private synchronized void line(Instant at, String function, String what, String ids) {
    out.println("%s  %-16s %-28s %s".formatted(TIME.format(at), function, what, ids).stripTrailing());
  }
}
