package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.providers.Caller;
import waybill.local.providers.Caller.Answer;

/** Every attack at every place that it can be made at: each is refused by name, repeats nothing of it, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputEverywhereTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  /** In every hostile text, so that it is found where it is repeated. */
  private static final String MARK = "HOSTILE-7f3";
  private static final String LONG = "\"" + MARK + "x".repeat(100_000) + "\"";
  private static final List<String> NO_TEXTS = List.of("\"\"", "\" \\t\"", "\"\\u200b\\u00a0\\u2060\"",
      "\"" + MARK + "\\u0000\"", "\"" + MARK + "\\ud800\"", "\"\\udc00" + MARK + "\"", "\"" + MARK + "\\u0085\"", LONG,
      "7",
      "true", "[]", "{}", "[\"" + MARK + "\"]");
  private static final List<String> NO_AMOUNTS = List.of("-1", "1.0", "1.5", "1e400", "1E-400", "-1e400", "1e5",
      "99999999999999999999", "9223372036854775807", "-9223372036854775808", "\"1\"", "true", "[1]", "{}");
  private static final List<String> NO_TIMES = Stream.of("2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-11-22T24:00:00Z", "2026-11-22T25:00:00Z", "2016-12-31T23:59:60Z", "2026-11-22T10:00:00+19:00",
      "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "+999999999-12-31T23:59:59-18:00", "0000-01-01T00:00:00Z",
      "2026-11-22", "2026-11-22T10:00:00", "22.11.2026", "now", "1795338916", "", "2026-11-22T10:00:00Z\\r\\n")
      .map(it -> "\"" + it + "\"").toList();
  private static final List<String> NO_ADDRESSES = Stream.of("", "nobody", "a@", "@b", "a b@example.com",
      "a@example.com\\r\\nBcc: b@example.com", "a@example.com,b@example.com", "a@example.com;b@example.com",
      "\\u200ba@example.com", "a\\u202e@example.com", "a@exa\\u00a0mple.com", "a@example.com\\u2028", "<a@example.com>",
      "a@@example.com", "j\\u00fcrgen@example.com", "a@localhost", "a..b@example.com", "a.@example.com",
      "a@example..com",
      "a@example.com.", "a@-b.com", "a@b_c.com", "a@stra\\u00dfe.de", "\\ud800@example.com",
      "x".repeat(65) + "@example.com", "a@" + "x".repeat(100_000))
      .map(it -> "\"" + it + "\"").toList();

  private final ConcurrentLinkedQueue<Map<String, Object>> logged = new ConcurrentLinkedQueue<>();
  private World world;
  private World.Look before;
  private Shop shop;
  /** One for all attacks, as to sign a token takes longer than to refuse a request. */
  private Caller everybody;
  private String order;
  private String work;
  /** By method and path, a request that is taken. */
  private final Map<String, ObjectNode> good = new LinkedHashMap<>();

  @BeforeAll
  void aShopWithWorkToDo() {
    world = new World(CLOUD.get());
    shop = new Shop(CLOUD.get(), "hostile");
    everybody = shop.operatorAndStorefront();
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 9);
    order = shop.paidOrder("1", sku, 2);
    JsonNode open = shop.work(location).getFirst();
    work = open.path("id").asText();
    good.put("PUT /products/HOSTILE", shop.samples.read("put-product.json"));
    good.put("PUT /channels/hostile-2", shop.samples.read("put-channel.json"));
    good.put("PUT /locations/hostile-2", shop.samples.read("put-location.json"));
    good.put("PUT /calendars/hostile-2", shop.samples.read("put-calendar.json"));
    ObjectNode rules = shop.samples.read("put-sourcing-rules.json");
    ((ObjectNode) rules.at("/locations/0")).put("location_id", location);
    good.put("PUT /sourcing-rules/hostile", rules);
    good.put("PUT /boxes/hostile-2", shop.samples.read("put-box.json"));
    good.put("POST /orders", form(sku));
    ObjectNode options = shop.samples.read("quote-delivery.json").put("channel", "hostile").put("currency", "EUR")
        .put("wanted_by", "2026-12-24");
    options.path("lines").forEach(line -> ((ObjectNode) line).put("sku", sku));
    good.put("POST /delivery-options", options);
    good.put("POST /address-checks", shop.samples.read("check-address.json").put("channel", "hostile"));
    good.put("POST /stock/" + sku + "/adjustments",
        shop.samples.read("adjust-stock.json").put("location_id", location));
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    ((ObjectNode) packing.at("/parcels/0")).putArray("lines").addObject().put("line_id", "line_1").put("quantity", 2);
    good.put("POST /fulfillments/" + work + "/packing", packing);
    good.put("POST /returns", shop.samples.read("request-return.json").put("order_id", order));
    good.put("POST /claims", shop.samples.read("request-claim.json").put("order_id", order));
    good.put("POST /orders/" + order + "/photos", shop.samples.read("add-photo.json"));
    CLOUD.get().onLog(logged::add);
  }

  /** The sample order with everything in it, of this shop. */
  private ObjectNode form(String sku) {
    ObjectNode form = shop.samples.read("place-order.json").put("channel", "hostile").put("reference", "2")
        .put("payment_expires_at", "2026-12-01T00:00:00Z");
    form.path("lines").forEach(line -> ((ObjectNode) line).put("sku", sku));
    return form;
  }

  private String sku() {
    return good.get("POST /orders").at("/lines/0/sku").asText();
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotOneJsonObjectIsNotRead() {
    var bodies = new LinkedHashMap<String, String>();
    bodies.put("nothing", "");
    bodies.put("blanks", " \n ");
    bodies.put("a list", "[]");
    bodies.put("a text", "\"" + MARK + "\"");
    bodies.put("null", "null");
    bodies.put("a number", "7");
    bodies.put("half an object", "{\"" + MARK + "\":");
    bodies.put("something behind it", "{} {}");
    bodies.put("a comment", "{/* " + MARK + " */}");
    bodies.put("single quotes", "{'" + MARK + "':1}");
    bodies.put("no number", "{\"" + MARK + "\":NaN}");
    bodies.put("infinity", "{\"" + MARK + "\":-Infinity}");
    bodies.put("a number that begins with 0", "{\"a\":01}");
    bodies.put("a name twice", "{\"" + MARK + "\":1,\"" + MARK + "\":2}");
    bodies.put("a name twice, once escaped", "{\"a\":1,\"\\u0061\":2}");
    bodies.put("a name twice, deep inside", "{\"a\":[{\"b\":{\"c\":1,\"c\":1}}]}");
    bodies.put("deep lists", "[".repeat(100_000));
    bodies.put("deep objects", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
    bodies.put("a name that never ends", "{\"" + "x".repeat(100_000) + "\":1}");
    bodies.put("a number that never ends", "{\"a\":" + "9".repeat(100_000) + "}");
    bodies.put("a number beyond measure", "{\"a\":1e99999999999}");
    bodies.put("a control character as it is", "{\"a\":\"" + MARK + "\u0001\"}");
    bodies.put("a broken escape", "{\"a\":\"" + MARK + "\\ud8\"}");
    bodies.put("a form", "reference=" + MARK + "&channel=hostile");
    return attacks(good.keySet().stream().flatMap(route -> bodies.entrySet().stream()
        .map(it -> Attack.of(it.getKey(), everybody, route, it.getValue(), 400))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotUtf8IsNotRead() {
    byte[] latin = ("{\"name\":\"" + MARK + "\u00fc\"}").getBytes(StandardCharsets.ISO_8859_1);
    byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0xa2, '"', ':', '1', '}'};
    byte[] wide = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);
    byte[] wideWithoutMark = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
    return attacks(good.keySet().stream().flatMap(route -> Stream.of(latin, overlong, wide, wideWithoutMark)
        .map(it -> Attack.of("bytes", everybody, route, "", 400).body(it)
            .header("Content-Type", "application/octet-stream"))));
  }

  @TestFactory
  Stream<DynamicTest> fieldsThatNobodyKnowsAreNamedAllOfThem() {
    return attacks(good.entrySet().stream().flatMap(it -> {
      ObjectNode more = it.getValue().deepCopy();
      List<String> names = IntStream.range(0, 900).mapToObj(i -> "more" + i).toList();
      names.forEach(name -> more.put(name, MARK));
      ObjectNode odd = it.getValue().deepCopy().put("a/b~c", 1).put("__proto__", 1).put("\u202e", 1);
      return Stream.of(
          attack("many more fields", it.getKey(), more.toString(),
              names.stream().map(name -> "/" + name).toArray(String[]::new)),
          attack("odd names", it.getKey(), odd.toString(), "/a~1b~0c", "/__proto__", "/\u202e"),
          attack("nothing in it", it.getKey(), "{}", required(it.getKey())));
    }));
  }

  private static String[] required(String route) {
    return switch (route.replaceAll("/[^/]*$", "")) {
      case "PUT /products" -> new String[]{"/name"};
      case "PUT /channels" -> new String[]{"/name", "/currencies", "/locale", "/time_zone", "/mail_sender"};
      case "PUT /locations" -> new String[]{"/name", "/address", "/time_zone"};
      case "PUT /sourcing-rules" -> new String[]{"/currency", "/locations"};
      case "PUT /calendars" -> new String[]{"/name", "/weekdays"};
      case "PUT /boxes" ->
        new String[]{"/name", "/inner_length_mm", "/inner_width_mm", "/inner_height_mm", "/length_mm",
          "/width_mm", "/height_mm", "/weight_grams", "/maximum_weight_grams", "/cost"};
      case "POST " -> route.endsWith("address-checks")
          ? new String[]{"/address"}
          : route.endsWith("delivery-options")
              ? new String[]{"/channel", "/destination", "/lines"}
              : route.equals("POST /returns") || route.equals("POST /claims")
                  ? new String[]{"/order_id", "/lines"}
                  : new String[]{"/reference", "/channel", "/currency", "/taxes_included", "/customer", "/lines",
                    "/total"};
      default -> route.endsWith("adjustments")
          ? new String[]{"/location_id", "/quantity", "/reason"}
          : route.endsWith("photos")
              ? new String[]{"/content"}
              : new String[]{"/parcels"};
    };
  }

  @TestFactory
  Stream<DynamicTest> textsThatAreNoneAreRefused() {
    return attacks(Stream.of(
        at("PUT /products/HOSTILE", NO_TEXTS, "/name", "/hs_code", "/origin", "/metadata/shelf"),
        at("PUT /channels/hostile-2", NO_TEXTS, "/name", "/currencies/0", "/locale", "/time_zone", "/mail_sender",
            "/payment_accounts/0/provider", "/payment_accounts/0/account", "/stock_pool", "/capture",
            "/shipping_methods/0/code", "/shipping_methods/0/name", "/brand/sender_name", "/brand/reply_to",
            "/brand/color",
            "/brand/imprint"),
        at("PUT /locations/hostile-2", NO_TEXTS, "/name", "/time_zone", "/stock_pool", "/address/name",
            "/address/company", "/address/line1", "/address/line2", "/address/city", "/address/state",
            "/address/postal_code", "/address/country", "/address/phone", "/calendar", "/cut_off"),
        at("PUT /calendars/hostile-2", NO_TEXTS, "/name", "/weekdays/0", "/holidays/0/country",
            "/holidays/0/subdivision", "/overrides/0/date", "/overrides/0/name"),
        at("PUT /sourcing-rules/hostile", NO_TEXTS, "/currency", "/urgent_methods/0", "/locations/0/location_id",
            "/locations/0/ships_to/0/countries/0", "/locations/0/ships_to/0/postal_prefixes/0"),
        at("PUT /boxes/hostile-2", NO_TEXTS, "/name", "/location_id"),
        at("POST /delivery-options", NO_TEXTS, "/channel", "/destination/country", "/destination/postal_code",
            "/lines/0/sku", "/currency", "/wanted_by"),
        at("POST /orders", NO_TEXTS, "/reference", "/number", "/channel", "/placed_at", "/currency", "/customer/id",
            "/customer/email", "/customer/phone", "/customer/name", "/customer/locale", "/shipping_address/name",
            "/shipping_address/line1", "/shipping_address/city", "/shipping_address/postal_code",
            "/shipping_address/country", "/shipping_address/phone", "/billing_address/line2", "/lines/0/reference",
            "/lines/0/sku", "/lines/0/name", "/lines/0/discounts/0/code", "/lines/0/taxes/0/name",
            "/lines/0/taxes/0/rate", "/lines/1/metadata/engraving", "/shipping/method", "/shipping/name",
            "/payments/0/provider", "/payments/0/account", "/payments/0/reference", "/payments/1/method",
            "/payments/1/status", "/payment_expires_at", "/gift/message", "/note", "/tags/0", "/seller_id",
            "/reservation_id", "/delivery_option_id", "/backorders", "/metadata/cart"),
        at("POST /stock/" + sku() + "/adjustments", NO_TEXTS, "/location_id", "/reason", "/note"),
        at("POST /returns", NO_TEXTS, "/order_id", "/lines/0/line_id", "/lines/0/reason", "/lines/0/note", "/refund_to",
            "/override_reason"),
        at("POST /claims", NO_TEXTS, "/order_id", "/parcel_id", "/lines/0/line_id", "/lines/0/reason", "/lines/0/note",
            "/wish"),
        at("POST /orders/" + order + "/photos", NO_TEXTS, "/content"),
        at("POST /fulfillments/" + work + "/packing", NO_TEXTS, "/parcels/0/lines/0/line_id", "/parcels/0/carrier",
            "/parcels/0/tracking_number"))
        .flatMap(it -> it));
  }

  @TestFactory
  Stream<DynamicTest> numbersThatAreNoneAreRefused() {
    return attacks(Stream.of(
        at("PUT /products/HOSTILE", NO_AMOUNTS, "/weight_grams", "/length_mm", "/width_mm", "/height_mm"),
        at("PUT /channels/hostile-2", NO_AMOUNTS, "/minutes_to_pay"),
        at("PUT /locations/hostile-2", List.of("1e400", "-1e400", "181", "-181", "99999999999999999999", "\"1\"", "[]"),
            "/latitude", "/longitude"),
        at("POST /orders", NO_AMOUNTS, "/total", "/lines/0/quantity", "/lines/0/unit_price", "/lines/0/total",
            "/lines/0/discounts/0/amount", "/lines/0/taxes/0/amount", "/shipping/price", "/shipping/total",
            "/payments/0/amount"),
        at("POST /stock/" + sku() + "/adjustments",
            List.of("0", "-0", "1.0", "1e400", "1E-400", "99999999999999999999", "9223372036854775807",
                "-9223372036854775808", "2147483648", "\"1\""),
            "/quantity"),
        at("POST /returns", NO_AMOUNTS, "/lines/0/quantity"), at("POST /claims", NO_AMOUNTS, "/lines/0/quantity"),
        at("POST /fulfillments/" + work + "/packing", NO_AMOUNTS, "/parcels/0/lines/0/quantity",
            "/parcels/0/weight_grams", "/parcels/0/length_mm", "/parcels/0/width_mm", "/parcels/0/height_mm"))
        .flatMap(it -> it));
  }

  @TestFactory
  Stream<DynamicTest> timesThatDoNotExistAreRefused() {
    return attacks(at("POST /orders", NO_TIMES, "/placed_at", "/payment_expires_at"));
  }

  @TestFactory
  Stream<DynamicTest> addressesThatAreNoneOrMoreThanOneAreRefused() {
    return attacks(Stream.concat(at("POST /orders", NO_ADDRESSES, "/customer/email"),
        at("PUT /channels/hostile-2", NO_ADDRESSES, "/mail_sender", "/brand/reply_to")));
  }

  @TestFactory
  Stream<DynamicTest> shapesThatAreOthersAreRefused() {
    List<String> noObjects = List.of("7", "\"" + MARK + "\"", "[]", "true");
    List<String> noLists = List.of("7", "\"" + MARK + "\"", "{}", "true", "[null]", "[[]]");
    List<String> noFlags = List.of("0", "\"true\"", "[]", "{}");
    return attacks(Stream.of(at("PUT /products/HOSTILE", noObjects, "/metadata"),
        at("PUT /products/HOSTILE", noFlags, "/requires_shipping"),
        at("PUT /channels/hostile-2", noFlags, "/livemode"),
        under("PUT /channels/hostile-2", noLists, "/currencies", "/payment_accounts", "/shipping_methods"),
        at("PUT /locations/hostile-2", noObjects, "/address"), at("PUT /locations/hostile-2", noFlags, "/active"),
        at("POST /orders", noObjects, "/customer", "/shipping_address", "/billing_address", "/shipping", "/gift",
            "/metadata", "/lines/0"),
        at("POST /orders", noFlags, "/taxes_included", "/gift/hide_prices"),
        under("POST /orders", noLists, "/lines", "/payments", "/tags", "/lines/0/discounts", "/lines/0/taxes"),
        at("POST /returns", noFlags, "/in_advance", "/on_first_scan"),
        under("POST /returns", noLists, "/lines"), under("POST /claims", noLists, "/lines"),
        under("POST /fulfillments/" + work + "/packing", noLists, "/parcels", "/parcels/0/lines"))
        .flatMap(it -> it));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoPhotoOrNoneOfTheOrderIsRefused() {
    List<String> none = Stream.of(MARK, "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a" + MARK, "%PDF-1.7",
        "\u00ff\u00d8", "RIFF....WAVE", "....ftypisom", "<!doctype html>").map(
            it -> "\"" + Base64.getEncoder().encodeToString(it.getBytes(StandardCharsets.ISO_8859_1)) + "\"")
        .toList();
    var large = new byte[4_000_001];
    large[0] = (byte) 0xff;
    large[1] = (byte) 0xd8;
    large[2] = (byte) 0xff;
    String photos = "POST /orders/" + order + "/photos";
    String ids = String.join(",", Collections.nCopies(11, "\"pho_8wbx56kav7d3kerhkfart51jp5\""));
    return attacks(Stream.of(at(photos, none, "/content"),
        Stream.of(attack("a photo that is too large", photos,
            "{\"content\":\"" + Base64.getEncoder().encodeToString(large) + "\"}", "/content")),
        Stream.of("POST /returns", "POST /claims").flatMap(route -> Stream.of(
            attack("a photo of no order", route,
                Attack.with(good.get(route), "/lines/0/photos", "[\"pho_8wbx56kav7d3kerhkfart51jp5\"]"),
                "/lines/0/photos/0"),
            attack("a photo that is no id", route,
                Attack.with(good.get(route), "/lines/0/photos", "[\"" + MARK + "\"]"),
                "/lines/0/photos/0"),
            attack("too many photos", route, Attack.with(good.get(route), "/lines/0/photos", "[" + ids + "]"),
                "/lines/0/photos"))))
        .flatMap(it -> it));
  }

  @TestFactory
  Stream<DynamicTest> ordersThatDoNotAddUpOrAreTooLargeAreRefused() {
    String route = "POST /orders";
    ObjectNode form = good.get(route);
    ObjectNode manyLines = form.deepCopy();
    ArrayNode lines = manyLines.putArray("lines");
    IntStream.range(0, 501).forEach(_ -> lines.add(form.at("/lines/2")));
    ObjectNode large = form.deepCopy();
    ArrayNode largeLines = large.putArray("lines");
    IntStream.range(0, 500).forEach(i -> largeLines.add(((ObjectNode) form.at("/lines/2").deepCopy())
        .set("metadata", form.objectNode().put("a", "x".repeat(400)).put("b", "\u00fc".repeat(400)))));
    large.put("total", 990).putArray("payments");
    ObjectNode keys = form.deepCopy();
    IntStream.range(0, 51).forEach(i -> keys.withObject("/metadata").put("k" + i, "v"));
    ObjectNode key = form.deepCopy();
    key.withObject("/metadata").put("k".repeat(41), "v").put(" ", "v").put("\u0007", "v");
    ObjectNode greatest = form.deepCopy();
    ((ObjectNode) greatest.at("/lines/0")).put("quantity", 1_000_000).put("unit_price", 1_000_000_000_000L);
    return attacks(Stream.of(attack("501 lines", route, manyLines.toString(), "/lines"),
        attack("too many bytes", route, large.toString(), ""), attack("51 keys", route, keys.toString(), "/metadata"),
        attack("keys that are none", route, key.toString(), "/metadata/" + "k".repeat(41), "/metadata/ ",
            "/metadata/\u0007"),
        attack("the greatest price", route, greatest.toString(), "/lines/0/total"),
        attack("a discount above the line", route, Attack.with(form, "/lines/0/discounts/0/amount", "3981"),
            "/lines/0/total"),
        attack("a gift of money", route, Attack.with(form, "/lines/0/total", "3583"), "/lines/0/total", "/total"),
        attack("paid too much", route, Attack.with(form, "/payments/0/amount", "5573"), "/payments"),
        attack("paid twice", route, Attack.with(form, "/payments/1", form.at("/payments/0").toString()), "/payments",
            "/payments/1/reference")));
  }

  @TestFactory
  Stream<DynamicTest> idsOfAnotherKindLeadNowhere() {
    List<String> ids = List.of("ord_00000000000000000000000000", "ORD_00000000000000000000000000", work, order,
        "line_1", "pay_1", "..%2F..", "%00", "%E2%80%AE", "x".repeat(4_000), "%27%20or%201%3D1", "ord_", "-", "%0d%0a");
    return attacks(ids.stream().flatMap(id -> Stream.of("GET /orders/" + id, "GET /fulfillments/" + id,
        "GET /channels/" + id, "GET /products/" + id, "GET /stock/" + id, "GET /tracking/" + id,
        "POST /fulfillments/" + id + "/packing", "POST /stock/" + id + "/adjustments",
        "POST /webhooks/payments/" + id, "POST /webhooks/carriers/" + id)
        .filter(it -> !it.equals("GET /orders/" + order) && !it.equals("GET /fulfillments/" + work)
            && !it.equals("POST /fulfillments/" + work + "/packing"))
        .map(it -> Attack.of("another's id", everybody, it, it.startsWith("GET") ? "" : "{}", 404)
            .header("Accept", "application/json"))));
  }

  @TestFactory
  Stream<DynamicTest> parametersThatAreNoneAreRefused() {
    String someone = "/orders?channel=c&customer_id=c-1&";
    var queries = new ArrayList<String[]>();
    for (String list : List.of(someone, "/products?", "/fulfillments?", "/orders?hold=payment_mismatch&")) {
      for (String limit : List.of("0", "-1", "101", "abc", "1e2", "", "99999999999999999999", "1.0", "%2B1",
          "1&limit=2",
          "%D9%A1", "%00", " ".repeat(1).replace(" ", "%20") + "1")) {
        queries.add(new String[]{list + "limit=" + limit, "limit"});
      }
      for (String cursor : List.of("", "%00", "AAAA", "e30", "x".repeat(8_000), "bnVsbA", encoded("[]"),
          encoded("[".repeat(1_000)), encoded("{\"pk\":1e400}"), encoded("{\"pk\":\"a\",\"sk\":\"b\"}"))) {
        queries.add(new String[]{list + "cursor=" + cursor, "cursor"});
      }
      queries.add(new String[]{list + "colour=blue&size=" + MARK + "&limit=0", "colour", "size", "limit"});
    }
    queries.add(new String[]{"/orders?hold=godot", "hold"});
    queries.add(new String[]{"/orders?hold=payment_mismatch&hold=refund_failed", "hold"});
    queries.add(new String[]{"/orders?customer_id=a", "channel"});
    queries.add(new String[]{"/orders?customer_id=a&channel=A%20B", "channel"});
    queries.add(new String[]{"/orders?customer_id=a&hold=payment_mismatch", "channel"});
    queries.add(new String[]{"/orders?channel=c&customer_id=", "customer_id"});
    queries.add(new String[]{"/orders?channel=c&customer_id=" + "x".repeat(101), "customer_id"});
    queries.add(new String[]{"/orders?hold=godot&limit=0&colour=1", "hold", "limit", "colour"});
    queries.add(new String[]{"/fulfillments?status=lost&location_id=%20&limit=0&colour=1", "status", "location_id",
      "limit", "colour"});
    queries.add(new String[]{"/fulfillments?status=", "status"});
    queries.add(new String[]{"/fulfillments?location_id=" + "x".repeat(41), "location_id"});
    queries.add(new String[]{"/locations?limit=1", "limit"});
    queries.add(new String[]{"/orders/" + order + "?expand=all", "expand"});
    queries.add(new String[]{"/stock/" + sku() + "?at=1", "at"});
    queries.add(new String[]{"/availability?quantity=0&colour=1", "channel", "sku", "quantity", "colour"});
    queries.add(new String[]{"/availability?channel=%00&sku=" + "x".repeat(65), "channel", "sku"});
    return attacks(queries.stream().map(it -> Attack.of("a parameter", everybody, "GET " + it[0], "", 422,
        Arrays.copyOfRange(it, 1, it.length))));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @TestFactory
  Stream<DynamicTest> cursorsOfAnotherListAndThoseTamperedWithAreRefused() {
    String cursor = everybody.get("/products?limit=1").json().path("next_cursor").asText();
    assertThat(everybody.get("/products?limit=1&cursor=" + cursor).status()).isEqualTo(200);
    String text = new String(Base64.getUrlDecoder().decode(cursor.replaceAll("[^A-Za-z0-9_-].*", "")),
        StandardCharsets.UTF_8);
    List<String> tampered = Stream.of(text.replace(sku(), "ZZZ"), text.replace("{", "{\"a\":1,"),
        text.replace(sku(), "\\ud800"), text.replace(sku(), "\u6f22".repeat(400)),
        text.replace("product#", "location#"))
        .filter(it -> !it.equals(text)).map(BadInputEverywhereTest::encoded).toList();
    assertThat(tampered).hasSizeGreaterThan(1);
    return attacks(Stream.of(
        tampered.stream().map(it -> "/products?cursor=" + it),
        Stream.of(cursor.substring(1), cursor.substring(0, cursor.length() - 1), cursor + "A", cursor + cursor)
            .map(it -> "/products?cursor=" + it),
        Stream.of("/fulfillments?cursor=" + cursor, "/orders?hold=payment_mismatch&cursor=" + cursor,
            "/orders?channel=c&customer_id=c-1&cursor=" + cursor))
        .flatMap(it -> it).map(it -> Attack.of("a cursor", everybody, "GET " + it, "", 422, "cursor")));
  }

  @TestFactory
  Stream<DynamicTest> headersThatAreNoneAreRefused() {
    String product = "PUT /products/" + sku();
    String body = good.get("PUT /products/HOSTILE").deepCopy().put("name", "Another").toString();
    String adjustments = "POST /stock/" + sku() + "/adjustments";
    String packing = "POST /fulfillments/" + work + "/packing";
    Stream<Attack> tags = Stream.of("*", "W/\"1\"", "1", "\"a\"", "\"-1\"", "\"9999999999\"", "\"1\", \"2\"", "\"\"",
        "\"" + "1".repeat(5_000) + "\"")
        .map(it -> Attack.of("a tag that is none", everybody, product, body, 422, "If-Match").header("If-Match", it));
    Stream<Attack> old = Stream.of("\"0\"", "\"7\"")
        .map(it -> Attack.of("an old revision", everybody, product, body, 412).header("If-Match", it));
    Stream<Attack> keys = Stream.of(adjustments, packing, "POST /returns", "POST /claims").flatMap(route -> Stream.of(
        Attack.of("no key", everybody, route, good.get(route).toString(), 400).header("Idempotency-Key", ""),
        Attack.of("a blank key", everybody, route, good.get(route).toString(), 400).header("Idempotency-Key", " \t "),
        Attack.of("a long key", everybody, route, good.get(route).toString(), 422, "Idempotency-Key")
            .header("Idempotency-Key", "k".repeat(10_000))));
    return attacks(Stream.of(tags, old, keys,
        Stream.of(Attack.of("an old revision", everybody, packing, good.get(packing).toString(), 412).header("If-Match",
            "\"1\"")))
        .flatMap(it -> it));
  }

  @TestFactory
  Stream<DynamicTest> bodiesOverTheLimitAreRefused() {
    String large = "{\"a\":\"" + "x".repeat(5 << 20) + "\"}";
    return attacks(good.keySet().stream().flatMap(route -> Stream.of(attack("5 MB", route, large, "/a"),
        Attack.of("11 MB", everybody, route, large + " ".repeat(6 << 20), 413))));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    ObjectNode form = good.get("POST /orders").deepCopy();
    String body = form.put("reference", "").put("number", MARK + "\u0000").put("channel", "No Channel")
        .put("placed_at", "2026-02-30T00:00:00Z").put("currency", "EURO").put("taxes_included", "yes").put("colour", 1)
        .put("total", -1).put("note", 7).put("seller_id", " ").toString();
    Answer answer = attack("ten at once", "POST /orders", body, "/reference", "/number", "/channel", "/placed_at",
        "/currency", "/taxes_included", "/colour", "/total", "/note", "/seller_id").send();
    assertThat(places(answer)).containsExactlyInAnyOrder("/reference", "/number", "/channel", "/placed_at", "/currency",
        "/taxes_included", "/colour", "/total", "/note", "/seller_id");
  }

  @BeforeEach
  void nothingIsLoggedYet() {
    before = world.look();
    logged.clear();
  }

  /** Looked at once after all attacks of a test, as a look takes longer than an attack. */
  @AfterEach
  void nothingHasChangedAndNothingHasFailed() {
    assertThat(world.look()).isEqualTo(before);
    assertThat(logged).noneMatch(it -> it.toString().contains(MARK) || it.get("level").equals("ERROR"));
  }

  private Attack attack(String name, String route, String body, String... places) {
    return Attack.of(name, everybody, route, body, 422, places);
  }

  /** Each of the values at each of the places. */
  private Stream<Attack> at(String route, List<String> values, String... places) {
    return Arrays.stream(places).flatMap(place -> values.stream()
        .map(value -> attack(place + " is " + shortened(value), route, Attack.with(good.get(route), place, value),
            place)));
  }

  /** Each of the values at each of the places, refused there or in what stands below it. */
  private Stream<Attack> under(String route, List<String> values, String... places) {
    return Arrays.stream(places)
        .flatMap(place -> values.stream().map(value -> attack(place + " is " + shortened(value), route,
            Attack.with(good.get(route), place, value), value.startsWith("[") ? place + "/0" : place)));
  }

  private static String shortened(String value) {
    return value.length() > 60 ? value.substring(0, 60) + "…" : value;
  }

  private Stream<DynamicTest> attacks(Stream<Attack> attacks) {
    return attacks.map(it -> DynamicTest.dynamicTest(it.toString(), () -> assertRefused(it)));
  }

  private void assertRefused(Attack attack) {
    Answer answer = attack.send();
    assertThat(answer.status()).as(shortened(answer.text())).isEqualTo(attack.status());
    assertThat(answer.text()).as("it is not repeated").doesNotContain(MARK);
    if (attack.status() != 413) {
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
      JsonNode problem = answer.json();
      assertThat(problem.path("status").asInt()).isEqualTo(attack.status());
      assertThat(problem.path("detail").asText()).isNotEmpty();
      assertThat(problem.path("code").asText()).isNotEmpty();
      assertThat(places(answer)).containsAll(attack.places());
      assertThat(problem.path("errors")).allSatisfy(error -> {
        assertThat(error.path("code").asText()).isNotEmpty();
        assertThat(error.path("detail").asText()).isNotEmpty();
      });
    }
  }

  private static List<String> places(Answer answer) {
    return Shop.elements(answer.json().path("errors")).map(it -> it.path("pointer").asText()).toList();
  }
}
