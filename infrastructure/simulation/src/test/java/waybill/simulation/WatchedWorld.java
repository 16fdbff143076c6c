package waybill.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import waybill.local.providers.Providers;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.platform.Chance;
import waybill.platform.Json;
import waybill.shipping.carrier.Carrier;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.faults.Invocation;
import waybill.simulation.faults.Sabotage;
import waybill.simulation.faults.Surroundings;
import waybill.simulation.payments.PaymentProvider;
import waybill.simulation.shipping.Driver;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;

/** A world in good order, watched by the invariants, in which a test writes what no function would write. */
public final class WatchedWorld implements AutoCloseable {
  public static final String REFERENCE = "r1";
  public static final String ORDER = OrderId.of(new ChannelId(Shop.CHANNEL), REFERENCE).value();
  public static final String FULFILLMENT = ORDER.replace("ord_", "ful_") + "_1";
  public static final String PARCEL = FULFILLMENT.replace("ful_", "par_") + "_1";
  public static final String CUSTOMER = "ada" + World.PERSONAL + "@example.com";
  public static final long TOTAL = 2000;

  private static final Blueprint BLUEPRINT = Blueprint.read(Path.of("../../template.yaml"));
  /** With these dice the carrier remembers what was bought, and the driver delivers. */
  private static final long SEED = 1;

  public final World world = new World(BLUEPRINT, SEED, Set.of(), false, Sabotage.none());
  public final Invariants invariants = new Invariants(world);
  private final Driver driver = new Driver(world);

  /** An item to be written. @param json its attributes without its key and what its table adds */
  public record Written(String table, String pk, String sk, String json) {}

  /** A draft that the carrier makes for a parcel; in the place of a function. */
  public String draft(String parcel) {
    return world.carrier().create(new Carrier.Consignment(null, null, null, parcel)).orElseThrow().draft();
  }

  /** Writes an item as functions write: with the next revision. */
  public void write(String table, String pk, String sk, String json) {
    together(new Written(table, pk, sk, json));
  }

  /** Writes all of them in one transaction. */
  public void together(Written... items) {
    var actions = new ArrayList<TransactWriteItem>();
    for (Written it : items) {
      Map<String, AttributeValue> known = item(it.table, it.pk, it.sk);
      Map<String, AttributeValue> item = new HashMap<>(attribute(Json.readObject(it.json)).m());
      item.putAll(key(it.pk, it.sk));
      item.putIfAbsent("revision", AttributeValue.fromN("" + (new Document(known).number("revision") + 1)));
      item.putIfAbsent("created_at", AttributeValue.fromN("1"));
      actions.add(TransactWriteItem.builder().put(Put.builder().tableName(it.table).item(item).build()).build());
    }
    world.store().transactWriteItems(TransactWriteItemsRequest.builder().transactItems(actions).build());
  }

  /** Writes an item again with other values of some of its attributes. */
  public void change(String table, String pk, String sk, String json) {
    change(table, pk, sk, attribute(Json.readObject(json)).m());
  }

  /** Writes an item again with another text in one of its attributes, wherever that stands in it. */
  public void replace(String table, String pk, String sk, String attribute, String text, String by) {
    change(table, pk, sk, Map.of(attribute, replaced(item(table, pk, sk).get(attribute), text, by)));
  }

  private void change(String table, String pk, String sk, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(item(table, pk, sk));
    item.putAll(attributes);
    item.put("revision", AttributeValue.fromN("" + (new Document(item).number("revision") + 1)));
    world.store().putItem(PutItemRequest.builder().tableName(table).item(item).build());
  }

  private static AttributeValue replaced(AttributeValue value, String text, String by) {
    return switch (value.type()) {
      case S -> AttributeValue.fromS(value.s().replace(text, by));
      case L -> AttributeValue.fromL(value.l().stream().map(it -> replaced(it, text, by)).toList());
      case M -> {
        var attributes = new HashMap<String, AttributeValue>();
        value.m().forEach((name, it) -> attributes.put(name, replaced(it, text, by)));
        yield AttributeValue.fromM(attributes);
      }
      default -> value;
    };
  }

  public void delete(String table, String pk, String sk) {
    world.store().deleteItem(DeleteItemRequest.builder().tableName(table).key(key(pk, sk)).build());
  }

  public Map<String, AttributeValue> item(String table, String pk, String sk) {
    return world.store().getItem(GetItemRequest.builder().tableName(table).key(key(pk, sk)).build()).item();
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
  }

  private static AttributeValue attribute(Object tree) {
    return switch (tree) {
      case String text -> AttributeValue.fromS(text);
      case Boolean flag -> AttributeValue.fromBool(flag);
      case Number number -> AttributeValue.fromN(number.toString());
      case List<?> list -> AttributeValue.fromL(list.stream().map(WatchedWorld::attribute).toList());
      default -> {
        var attributes = new HashMap<String, AttributeValue>();
        Json.object(tree).forEach((name, value) -> attributes.put(name, attribute(value)));
        yield AttributeValue.fromM(attributes);
      }
    };
  }

  /** Does something as a function does it: it may call services. */
  public void asFunction(Runnable work) {
    asFunction("Test", work);
  }

  public void asFunction(String name, Runnable work) {
    var here = new Surroundings(world.timeline(), world.weather(), world.journal(), world.coverage());
    var invocation = new Invocation(name, name + " test", here, false, Duration.ofMinutes(1), world.dice(),
        Optional.empty());
    live(() -> ScopedValue.where(Chance.BOUND, invocation).run(work));
  }

  /** Lets something happen, and all that follows from it. */
  public void live(Runnable life) {
    world.begin(life);
    while (world.timeline().step()) {
      // It takes its time.
    }
  }

  /** An order of two units, placed. */
  public void place() {
    live(new Shop(world)::live);
    live(() -> {
      world.expect(REFERENCE, ORDER);
      post("stock:write", "/stock/SKU-1/adjustments", "adjustment-1",
          Map.of("location_id", "warehouse-1", "quantity", 5, "reason", "received"));
      post("orders:place", "/orders", "", form());
    });
  }

  /** And paid, and waiting to be packed in one parcel. */
  public void placeAndPay() {
    place();
    live(() -> {
      world.stripe().know("pi_1", Providers.PAYMENT_ACCOUNT, TOTAL, "eur", "succeeded");
      world.tellPayment(event()).orElseThrow();
    });
  }

  /** And packed, labelled and delivered. */
  public void deliver() {
    placeAndPay();
    live(driver::live);
    pack();
  }

  public void pack() {
    Map<String, Object> parcel = Map.of("lines", List.of(Map.of("line_id", "line_1", "quantity", 2)), "weight_grams",
        500,
        "length_mm", 300, "width_mm", 200, "height_mm", 100);
    live(() -> post("fulfillment:work", "/fulfillments/" + FULFILLMENT + "/packing", "packing-1",
        Map.of("parcels", List.of(parcel))));
  }

  private void post(String scopes, String path, String key, Map<String, Object> body) {
    Answer answer = world.ask("somebody", scopes, "POST", path, Map.of(), key, body).orElseThrow();
    if (answer.status() >= 300) {
      throw new IllegalStateException("%s: %s".formatted(path, answer));
    }
  }

  /** And cancelled, before it is packed; the schedules run until nothing is left to do. */
  public void cancel() {
    live(new PaymentProvider(world)::live);
    live(() -> post("orders:operate", "/orders/" + ORDER + "/cancellation", "cancellation-1",
        Map.of("reason", "customer")));
    live(() -> {
      world.timeline().sleep(Duration.ofDays(1));
      world.cloud().fire("ResendDueOrders");
    });
  }

  private static Map<String, Object> form() {
    var form = new HashMap<String, Object>();
    form.put("reference", REFERENCE);
    form.put("number", "#" + REFERENCE);
    form.put("channel", Shop.CHANNEL);
    form.put("currency", Shop.CURRENCY);
    form.put("taxes_included", true);
    form.put("customer", Map.of("id", "c-1", "email", CUSTOMER, "locale", "de-DE"));
    form.put("shipping_address", Map.of("name", "Ada " + World.PERSONAL, "line1", "Gasse 5", "city", "Berlin",
        "postal_code", "10827", "country", "DE"));
    form.put("lines", List.of(
        Map.of("sku", "SKU-1", "name", "Thing", "quantity", 2, "unit_price", TOTAL / 2, "total", TOTAL)));
    form.put("total", TOTAL);
    form.put("payments",
        List.of(
            Map.of("provider", "stripe", "account", Providers.PAYMENT_ACCOUNT, "reference", "pi_1", "amount", TOTAL)));
    return form;
  }

  private String event() {
    return Json.write(Map.of("id", "evt_1", "object", "event", "api_version", "2025-09-30.clover", "created",
        world.timeline().instant().getEpochSecond(), "livemode", false, "type", "payment_intent.succeeded", "data",
        Map.of("object", Map.of("id", "pi_1", "object", "payment_intent", "amount", TOTAL, "amount_capturable", 0,
            "amount_received", TOTAL, "currency", "eur", "livemode", false, "status", "succeeded", "metadata",
            Map.of()))));
  }

  /** What is found after a quiet day, what was found before included. */
  public List<String> findingsAfterADay() {
    invariants.afterADay();
    return world.findings();
  }

  public List<String> findings() {
    return world.findings();
  }

  /** What is found at rest, what was found before included. */
  public List<String> findingsAtRest() {
    invariants.atRest(driver.ends());
    return world.findings();
  }

  @Override
  public void close() {
    world.close();
  }
}
