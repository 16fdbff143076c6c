package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.providers.Caller;
import waybill.local.providers.Caller.Answer;
import waybill.local.Forged;
import waybill.local.OpenApi;

/** Who may do what, and what a stranger learns: each test stands in the table of {@code infrastructure/security.md}. */
class EdgeTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  private static final OpenApi API = new OpenApi();
  private static final Pattern TRACKING = Pattern.compile("(\\S+)/tracking/([0-9a-z]+)\\.([A-Za-z0-9_-]{24})");
  private static int shops;

  private Shop shop;
  private String location;
  private String sku;

  @BeforeEach
  void aShopWithOneProduct() {
    shop = new Shop(CLOUD.get(), "edge" + ++shops);
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 9);
  }

  // ---- Functions ------------------------------------------------------------------------------------------------------

  @Test
  void everyRouteIsShutToEveryScopeButItsOwn() {
    var scopes = new TreeSet<>(CLOUD.get().scopes());
    scopes.addAll(List.of("admin", "orders", "orders:*", "*", "ORDERS:PLACE", "orders:placed"));
    var callers = scopes.stream()
        .collect(java.util.stream.Collectors.toMap(it -> it, it -> shop.caller("mallory", it)));
    callers.put("", shop.caller("mallory"));
    World.Look before = new World(CLOUD.get()).look();
    for (OpenApi.Route route : guarded()) {
      callers.forEach((scope, caller) -> {
        Answer answer = call(caller, route);
        if (route.scopes().contains(scope)) {
          assertThat(answer.status()).as(route + " with " + scope).isNotIn(401, 403);
        } else {
          assertThat(answer.status()).as(route + " with " + scope).isEqualTo(403);
          assertThat(answer.text()).isEqualTo("{\"message\":\"Forbidden\"}");
        }
      });
    }
    assertThat(new World(CLOUD.get()).look()).as("nothing has changed").isEqualTo(before);
  }

  @Test
  void everyRouteIsShutToEveryTokenThatIsNone() {
    Forged.all(CLOUD.get()).forEach((name, token) -> {
      for (OpenApi.Route route : guarded()) {
        Answer answer = call(new Caller(CLOUD.get().url(), token), route);
        assertThat(answer.status()).as(route + " with a token " + name).isEqualTo(401);
        assertThat(answer.text()).isEqualTo("{\"message\":\"Unauthorized\"}");
      }
    });
  }

  @Test
  void aRouteWithoutATokenIsOnlyAWebhookALinkOfACustomerOrAnEmptyPage() {
    assertThat(API.routes().stream().filter(it -> it.scopes().isEmpty()).map(OpenApi.Route::path))
        .allMatch(it -> it.startsWith("/webhooks/") || it.startsWith("/tracking/") || it.startsWith("/downloads/")
            || it.equals("/floor"))
        .hasSize(9);
  }

  private static List<OpenApi.Route> guarded() {
    return API.routes().stream().filter(it -> !it.scopes().isEmpty()).toList();
  }

  /** A request that is let in, and then breaks a rule of its own where it could change anything. */
  private static Answer call(Caller caller, OpenApi.Route route) {
    return route.method().equals("GET")
        ? caller.get(route.path())
        : caller.send(route.method(), route.path(), "{\"nonsense\":1}", Map.of("Idempotency-Key", "edge"));
  }

  // ---- Objects --------------------------------------------------------------------------------------------------------

  @Test
  void aCustomerCannotTellAnothersOrderFromNone() {
    String theirs = shop.place(shop.form("1", sku, 1));
    ObjectNode guest = shop.form("2", sku, 1);
    ((ObjectNode) guest.path("customer")).remove("id");
    String guests = shop.place(guest);
    shop.rest();
    String none = "ord_00000000000000000000000000";
    World.Look before = new World(CLOUD.get()).look();
    for (String subject : List.of("c-mallory", "", "null", "C-" + shop.form("1", sku, 1).at("/customer/id").asText(),
        " c-edge" + shops + "-1", "c-edge" + shops + "-", "guest")) {
      Caller mallory = shop.customer(subject);
      for (String order : List.of(theirs, guests)) {
        assertSame(mallory.get("/orders/" + order), mallory.get("/orders/" + none));
        assertSame(mallory.post("/orders/" + order + "/cancellation", "{}", "edge"),
            mallory.post("/orders/" + none + "/cancellation", "{}", "edge"));
      }
      String owner = shop.form("1", sku, 1).at("/customer/id").asText();
      assertSame(mallory.get("/orders?customer_id=" + owner), mallory.get("/orders?customer_id=c-nobody"));
      assertThat(mallory.get("/orders?hold=payment_mismatch").status()).isEqualTo(404);
      assertThat(mallory.get("/orders").json().path("data")).as("orders of " + subject).isEmpty();
    }
    assertThat(new World(CLOUD.get()).look()).isEqualTo(before);
  }

  /** How long an answer takes follows from the calls behind it: they are the same whether the order is there or not. */
  @Test
  void theWorkBehindARefusalTellsNothingEither() {
    String theirs = shop.place(shop.form("1", sku, 1));
    shop.rest();
    Caller mallory = shop.customer("c-mallory");
    String none = "ord_00000000000000000000000000";
    assertThat(work("GetOrder", () -> mallory.get("/orders/" + theirs)))
        .isEqualTo(work("GetOrder", () -> mallory.get("/orders/" + none)));
    assertThat(work("CancelOrder", () -> mallory.post("/orders/" + theirs + "/cancellation", "{}", "edge")))
        .isEqualTo(work("CancelOrder", () -> mallory.post("/orders/" + none + "/cancellation", "{}", "edge")));
    assertThat(work("ListOrders", () -> mallory.get("/orders?customer_id=c-edge" + shops + "-1"))).isEmpty();
    String sealless = theirs.substring(4) + "." + "A".repeat(24);
    String orderless = none.substring(4) + "." + "A".repeat(24);
    assertThat(work("GetTracking", () -> mallory.get("/tracking/" + sealless)))
        .isEqualTo(work("GetTracking", () -> mallory.get("/tracking/" + orderless)));
  }

  private static List<String> work(String function, Runnable request) {
    request.run(); // what is read once and kept
    int before = CLOUD.get().calls(function).size();
    request.run();
    List<List<String>> calls = CLOUD.get().calls(function);
    assertThat(calls).hasSize(before + 1);
    return calls.getLast();
  }

  private static void assertSame(Answer one, Answer other) {
    assertThat(one.status()).isEqualTo(404).isEqualTo(other.status());
    assertThat(one.text()).isEqualTo(other.text());
    assertThat(one.headers().map().keySet()).isEqualTo(other.headers().map().keySet());
  }

  @Test
  void aTrackingLinkOpensOneOrderAndIsNotGuessed() {
    String order = shop.paidOrder("1", sku, 1);
    shop.paidOrder("2", sku, 1);
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    String[] one = link("1");
    String[] other = link("2");
    assertThat(shop.storefront.get("/orders/" + order).json().at("/links/tracking_url").asText())
        .isEqualTo(one[0] + "/tracking/" + one[1] + "." + one[2]);
    var guesses = new ArrayList<>(List.of(one[1] + "." + other[2], one[1] + ".", one[1], one[1] + "." + one[2] + "A",
        order + "." + one[2], one[1].toUpperCase() + "." + one[2], one[1] + "." + one[2].substring(1),
        one[1] + "%00." + one[2], one[1] + "." + "A".repeat(24)));
    for (int i = 0; i < one[2].length(); i++) {
      char changed = one[2].charAt(i) == 'x' ? 'y' : 'x';
      guesses.add(one[1] + "." + one[2].substring(0, i) + changed + one[2].substring(i + 1));
    }
    Caller anybody = new Caller(CLOUD.get().url(), "");
    Answer none = track(anybody, "8wbx56kav7d3kerhkfart51jp5." + "A".repeat(24));
    assertThat(guesses).allSatisfy(it -> assertSame(track(anybody, it), none));

    Answer open = track(anybody, one[1] + "." + one[2]).expect(200);
    assertThat(open.text()).doesNotContain("edge@", "Grace", "Hauptstr", "Ada", "c-edge");
    assertThat(open.headers().firstValue("cache-control")).hasValue("no-store");
  }

  private static Answer track(Caller caller, String token) {
    return caller.send("GET", "/tracking/" + token, "", Map.of("Accept", "application/json"));
  }

  /** Of the latest mail: where it leads, the order, and the seal. */
  private String[] link(String reference) {
    var link = TRACKING.matcher(shop.mails(reference).getLast().text());
    assertThat(link.find()).isTrue();
    return new String[]{link.group(1), link.group(2), link.group(3)};
  }

  // ---- Bodies and headers ---------------------------------------------------------------------------------------------

  @Test
  void aCompressedBodyIsNotUnpacked() throws IOException {
    byte[] order = gzip(shop.form("1", sku, 1).toString().getBytes(StandardCharsets.UTF_8));
    byte[] bomb = gzip(new byte[200 << 20]);
    assertThat(bomb.length).isLessThan(1 << 20);
    World.Look before = new World(CLOUD.get()).look();
    for (byte[] body : List.of(order, bomb)) {
      for (String path : List.of("/orders", "/webhooks/payments/shop-eu", "/webhooks/carriers/parcels-eu")) {
        Answer answer = Attack.of("compressed", shop.storefront, "POST " + path, "", 400).body(body)
            .header("Content-Encoding", "gzip").send();
        assertThat(answer.status()).as(path).isEqualTo(400);
      }
    }
    assertThat(new World(CLOUD.get()).look()).isEqualTo(before);
  }

  private static byte[] gzip(byte[] text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    }
    return bytes.toByteArray();
  }

  @Test
  void aTextThatLooksLikeALogLineIsNone() {
    String line = "\n{\"level\":\"ERROR\",\"fn\":\"Forged\",\"message\":\"Forged\"}\n";
    ObjectNode order = shop.form("1" + line, sku, 1).put("note", line).put("number", line);
    order.putArray("tags").add("x\nForged");
    ((ObjectNode) order.path("customer")).put("email", "edge@example.com").put("id", "c" + line);
    shop.storefront.send("POST", "/orders", order.toString(),
        Map.of("User-Agent", "{\"fn\":\"Forged\"}", "X-Amzn-Trace-Id", "Forged", "X-Request-Id", "Forged")).expect(201);
    shop.customer("{\"fn\":\"Forged\"}").get("/orders").expect(200);
    shop.rest();
    assertThat(CLOUD.get().logs()).noneMatch(it -> "Forged".equals(it.get("fn")))
        .noneMatch(it -> "Forged".equals(it.get("message")));
  }

  @Test
  void aMailLeadsToOurAddressWhateverHostARequestNames() {
    ObjectNode order = shop.form("1", sku, 1);
    shop.storefront.send("POST", "/orders", order.toString(), Map.of("X-Forwarded-Host", "evil.example", "Forwarded",
        "host=evil.example", "X-Original-URL", "https://evil.example/", "Origin", "https://evil.example",
        "Referer", "https://evil.example/")).expect(201);
    shop.pay("1", 1000);
    shop.rest();
    assertThat(shop.mails("1")).isNotEmpty()
        .allSatisfy(it -> assertThat(it.text() + it.html()).doesNotContain("evil.example"));
  }

  /** One request alone has an address that we call: where events are sent to. It leads to the public Internet or nowhere. */
  @Test
  void noRequestNamesAnAddressThatWeWouldCall() {
    assertThat(API.formFields().stream().filter(it -> it.matches("(?i).*(url|uri|href|callback|endpoint|host).*")))
        .as("customers follow pay_url, we do not").containsOnly("url", "pay_url");
    for (String inside : List.of("http://169.254.169.254/latest/meta-data", "https://169.254.169.254/",
        "https://[::1]/",
        "https://2130706433/", "https://10.0.0.5/", "https://localhost/", "https://hooks.example.com:8443/",
        "http://hooks.example.com/", "http://10.0.0.5:80/")) {
      var refused = shop.operator.put("/webhook-endpoints/inside", "{\"url\":\"%s\"}".formatted(inside));
      assertThat(refused.status()).as(inside).isEqualTo(422);
      assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/url");
    }
    assertThat(shop.operator.get("/webhook-endpoints/inside").status()).isEqualTo(404);
  }

  // ---- Sums -----------------------------------------------------------------------------------------------------------

  @Test
  void theGreatestSumsAreExactOrRefused() {
    long most = 1_000_000_000_000L;
    ObjectNode order = shop.form("1", sku, 1);
    var lines = ((ObjectNode) order).putArray("lines");
    Stream
        .generate(
            () -> order.objectNode().put("sku", sku).put("quantity", 1).put("unit_price", most).put("total", most))
        .limit(500).forEach(lines::add);
    order.put("total", most).putArray("payments");
    assertRefused(order, "/total");
    order.put("total", 500 * most);
    assertRefused(order, "/total");
    ObjectNode wrapped = shop.form("1", sku, 1);
    ((ObjectNode) wrapped.at("/lines/0")).put("quantity", 1_000_000).put("unit_price", most)
        .put("total", (int) (1_000_000 * most));
    assertRefused(wrapped, "/lines/0/total");
    ObjectNode greatest = shop.form("1", sku, 1).put("total", most);
    ((ObjectNode) greatest.at("/lines/0")).put("unit_price", most).put("total", most);
    greatest.putArray("payments");
    JsonNode placed = shop.order(shop.place(greatest));
    assertThat(placed.at("/totals/due").asLong()).isEqualTo(most);
  }

  private void assertRefused(ObjectNode order, String pointer) {
    Answer answer = shop.storefront.post("/orders", order.toString()).expect(422);
    assertThat(Shop.elements(answer.json().path("errors")).map(it -> it.path("pointer").asText())).contains(pointer);
  }

  @Test
  void noCounterOfStockGoesBeyondItsLimit() {
    String counted = shop.product("mug", location, 0);
    ObjectNode adjustment = shop.samples.read("adjust-stock.json").put("location_id", location).put("quantity",
        1_000_000_000);
    String path = "/stock/" + counted + "/adjustments";
    shop.warehouse.post(path, adjustment.toString(), counted + "-1").expect(201);
    shop.warehouse.post(path, adjustment.toString(), counted + "-2").expect(201);
    Answer third = shop.warehouse.post(path, adjustment.put("quantity", 1).toString(), counted + "-3").expect(409);
    assertThat(third.json().path("code").asText()).isEqualTo("stock_limit");
    assertThat(shop.stockAt(counted, location).path("on_hand").asLong()).isEqualTo(2_000_000_000L);
  }

  // ---- What a stranger learns -----------------------------------------------------------------------------------------

  @Test
  void anAnswerTellsNothingOfWhatAnswers() {
    var answers = new ArrayList<Answer>();
    Caller everybody = shop.operatorAndStorefront();
    for (OpenApi.Route route : API.routes()) {
      answers.add(call(everybody, route));
      answers.add(call(new Caller(CLOUD.get().url(), ""), route));
    }
    assertThat(answers).allSatisfy(it -> {
      assertThat(it.headers().map().keySet()).noneMatch(
          name -> name.matches("(?i)server|x-powered-by|access-control-.*|set-cookie|x-amzn-errortype"));
      assertThat(it.text())
          .doesNotContainPattern("(?i)exception|\\bat waybill\\.|software\\.amazon|arn:aws|dynamo|-table");
    });
  }
}
