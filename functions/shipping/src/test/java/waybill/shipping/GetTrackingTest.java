package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.nio.file.Files;
import java.nio.file.Path;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.CancelReason;
import waybill.messages.LineQuantity;
import waybill.orders.Orders.Placed;
import waybill.orders.PaymentProgress;
import waybill.orders.PlaceOrderHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.OrderMessages.DispatchApproved;
import java.time.Duration;
import waybill.orders.Orders;
import waybill.orders.OrderStatus;
import waybill.orders.OrderSummary;
import waybill.messages.OrderId;
import waybill.messages.FulfillmentId;
import waybill.messages.ChannelId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Json;
import waybill.workbench.Bench;

class GetTrackingTest {
  private static final Instant SCANNED = Instant.parse("2026-11-22T18:40:00Z");

  private final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "shipping",
      "digital:by_waiting");
  private Orders.Expected expected;
  private OrderStatus status = OrderStatus.OPEN;
  private PaymentProgress payment = PaymentProgress.PAID;
  private final List<OrderSummary.Package> packed = new ArrayList<>();
  private final OrderReading reading = GetTrackingHandler.reading(bench.ports());
  private final GetTrackingHandler handler = new GetTrackingHandler(
      bench.ports(),
      new OrderReading(it -> reading.orders().apply(it).map(this::further), reading.channel(), reading.products()));
  private String token;

  private static final Map<String, String> ENGLISH = Map.of("accept-language", "en");

  private Map<String, Object> json() {
    return Json.readObject(get(token, Map.of("accept", "application/json")).body());
  }

  private record Answer(int status, Map<String, Object> headers, String body) {}

  @BeforeEach
  void place() {
    run(new PutChannelHandler(bench.ports()), "PUT", "/channels/de-web", Map.of("id", "de-web"),
        event("put-channel.json"));
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      run(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku),
          event("put-product.json").replace("Assam 200 g", "name of " + sku));
    }
    run(new PlaceOrderHandler(bench.ports()), "POST", "/orders", Map.of(), event("place-order.json"));
    token = new Orders(bench.ports()).placed(Samples.ORDER).orElseThrow().content().trackingUrl().token();
  }

  private void run(RequestStreamHandler function, String method, String path, Map<String, String> parameters,
      String body) {
    var out = new ByteArrayOutputStream();
    handle(() -> function.handleRequest(bench.httpEvent(method, path, parameters, Map.of(), Map.of(), body, "operator",
        "catalog:write", "orders:place"), out, null));
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"statusCode\":201");
  }

  private static String event(String name) {
    try {
      return Files.readString(Path.of("../../events", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The order as far as this test takes it. */
  private Placed further(Placed placed) {
    OrderSummary it = placed.summary();
    return new Placed(placed.content(), new OrderSummary(it.id(), status, it.awaiting(), payment, it.delivery(),
        it.owing(), it.unitsToShip(),
        status == OrderStatus.CANCELLED
            ? new OrderSummary.End(CancelReason.CUSTOMER, List.of(), List.of(), false)
            : null,
        packed, it.updatedAt(), it.refunds(), it.change(), it.addressDoubted(), it.waiting(),
        it.merged(), it.voided()), expected);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Answer get(String token, Map<String, String> headers) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          bench.httpEvent("GET", "/tracking/" + token, Map.of("token", token), Map.of(), headers, null, ""), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> answer = Json.readObject(out.toString(StandardCharsets.UTF_8));
    return new Answer(((Long) answer.get("statusCode")).intValue(), Json.object(answer.get("headers")),
        (String) answer.get("body"));
  }

  private void label(ParcelId id, String carrier, String number) {
    label(id, carrier, number, Samples.parcel(id).lines());
  }

  private void label(ParcelId id, String carrier, String number, List<LineQuantity> lines) {
    packed.add(new OrderSummary.Package(id, lines, carrier, number, SCANNED, null, null));
    Samples.putLocation(bench);
    Parcel parcel = Samples.parcel(id);
    var labelled = new Parcel(id, parcel.lines(), 900, 1, 1, 1, carrier, number);
    var handler = new BuyLabelHandler(bench.ports().with(Carriers.class, Samples.carriers(new RecordingCarrier())),
        _ -> Optional.of(Samples.SHIPPING));
    handle(() -> handler.handleRequest(
        bench.sqsEvent(new DispatchApproved(id.order(), Samples.BERLIN, Samples.POOL, labelled)),
        new ByteArrayOutputStream(), null));
  }

  private void track(String number, Instant estimate, Scan... scans) {
    var handler = new TrackShipmentHandler(bench.ports());
    handle(() -> handler.handleRequest(bench.sqsEvent(new TrackingNoticed(number, List.of(scans), estimate, "evt_1")),
        new ByteArrayOutputStream(), null));
  }

  private interface Handling {
    void run() throws IOException;
  }

  private static void handle(Handling handling) {
    try {
      handling.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anOrdersParcelsAreShownAsJson() {
    label(Samples.PARCEL, null, null);
    label(ParcelId.of(Samples.FULFILLMENT, 2), "DHL", "JD01");
    track("jd01", Instant.parse("2026-11-24T00:00:00Z"), new Scan(ShipmentStatus.PRE_TRANSIT, SCANNED.minusSeconds(60)),
        new Scan(ShipmentStatus.IN_TRANSIT, SCANNED));

    Answer answer = get(token, Map.of("accept", "application/json"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
    String expected = """
        "parcels":[{"id":"%s","carrier":"UPS","service":"Ground","tracking_number":"1Z000001",\
        "status":"pre_transit","estimated_delivery_at":null,"pickup":null,"items":[{"name":"Assam 200 g","quantity":2},\
        {"name":"Becher","quantity":1},{"name":"name of MUG-BLUE","quantity":1}],"history":[]},\
        {"id":"%s","carrier":"DHL","service":null,"tracking_number":"JD01",\
        "status":"in_transit","estimated_delivery_at":"2026-11-24T00:00:00.000Z","pickup":null,"items":[{"name":"Assam 200 g","quantity":2},\
        {"name":"Becher","quantity":1},{"name":"name of MUG-BLUE","quantity":1}],\
        "history":[{"status":"in_transit","at":"2026-11-22T18:40:00.000Z","text":null},\
        {"status":"pre_transit","at":"2026-11-22T18:39:00.000Z","text":null}]}]}""";
    assertThat(answer.body()).endsWith(expected.formatted(Samples.PARCEL, ParcelId.of(Samples.FULFILLMENT, 2)));
  }

  @Test
  void anOrdersParcelsAreShownAsAPage() {
    label(Samples.PARCEL, "DHL", "JD01");
    track("JD01", Instant.parse("2026-11-24T00:00:00Z"), new Scan(ShipmentStatus.IN_TRANSIT, SCANNED));

    Answer answer = get(token,
        Map.of("accept", "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language", "en-GB,en;q=0.9,de;q=0.4"));

    assertThat(answer.headers()).containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("content-language", "en");
    assertThat(answer.body()).startsWith("<!doctype html>").contains("<html lang=\"en\">",
        "<title>Your order #1042 · Teehaus Online</title>",
        "<h2>In transit</h2>", "Expected on 24 November 2026",
        "<time datetime=\"2026-11-22T18:40:00.000Z\">22 November 2026, 19:40</time>",
        "All times: Central European Time", "JD01",
        "<li class=\"done\" aria-current=\"step\">In transit</li>", "<li>Delivered</li>",
        "<a href=\"" + token + "/returns\" rel=\"noreferrer\">Return something, or report a problem</a>");
  }

  @Test
  void aGermanReadsGerman() {
    label(Samples.PARCEL, "DHL", "JD01");
    track("JD01", Instant.parse("2026-11-24T00:00:00Z"), new Scan(ShipmentStatus.OUT_FOR_DELIVERY, SCANNED));

    Answer answer = get(token, Map.of("accept-language", "de-DE,de;q=0.9"));

    assertThat(answer.body()).contains("<html lang=\"de\">", "Ihre Bestellung", "In Zustellung",
        "Alle Zeiten: Mitteleuropäische Zeit",
        "Voraussichtlich am 24. November 2026", "Sendungsnummer");
  }

  @Test
  void aFrenchReaderReadsFrench() {
    label(Samples.PARCEL, "DHL", "JD01");
    track("JD01", Instant.parse("2026-11-24T00:00:00Z"), new Scan(ShipmentStatus.OUT_FOR_DELIVERY, SCANNED));

    Answer answer = get(token, Map.of("accept-language", "fr-CA,fr;q=0.9,en;q=0.5"));

    assertThat(answer.headers()).containsEntry("content-language", "fr");
    assertThat(answer.body()).contains("<html lang=\"fr\">", "Votre commande", "En cours de livraison",
        "Livraison prévue le 24 novembre 2026", "Numéro de suivi");
  }

  @Test
  void aCancelledOrderSaysThatNothingWillBeSent() {
    status = OrderStatus.CANCELLED;

    assertThat(get(token, ENGLISH).body())
        .contains("<title>Your order #1042 · Teehaus Online</title>", "<h2>Cancelled</h2>",
            "Nothing will be sent")
        .doesNotContain("Being prepared");
    assertThat(json()).containsEntry("status", "cancelled").containsEntry("parcels", List.of());
  }

  @Test
  void aNumberThatIsUsedAgainShowsTheFirstOrderOnlyItsOwnParcel() {
    label(Samples.PARCEL, "DHL", "JD01");
    track("JD01", null, new Scan(ShipmentStatus.DELIVERED, SCANNED));
    var scan = new Scan(ShipmentStatus.DELIVERED, SCANNED);
    status = OrderStatus.COMPLETED;
    packed.set(0, new OrderSummary.Package(Samples.PARCEL, List.of(), "DHL", "JD01", SCANNED, scan, null));
    bench.clock().advance(Duration.ofDays(365));
    OrderId other = OrderId.of(new ChannelId("de-web"), "next year's");
    label(ParcelId.of(FulfillmentId.of(other, 1), 1), "DHL", "JD01");
    track("JD01", null, new Scan(ShipmentStatus.IN_TRANSIT, bench.clock().instant()));

    assertThat(get(token, Map.of("accept", "application/json")).body()).contains("\"status\":\"delivered\"")
        .contains("\"history\":[{\"status\":\"delivered\"").doesNotContain("in_transit");
  }

  @Test
  void beforeTheFirstLabelThePageSaysSo() {
    assertThat(get(token, ENGLISH).body()).contains("Being prepared");
    assertThat(json()).containsEntry("status", "open").containsEntry("parcels", List.of());
    payment = PaymentProgress.PENDING;
    assertThat(get(token, ENGLISH).body()).contains("Waiting for your payment").doesNotContain("Being prepared");
  }

  @Test
  void anotherOrdersTokenAndAForgedOneOpenNothing() {
    String order = Samples.ORDER.value().substring(4);
    String never = OrderId.of(new ChannelId("de-web"), "never").value().substring(4);
    String forged = token.endsWith("A") ? token.substring(0, 50) + "B" : token.substring(0, 50) + "A";
    for (String other : List.of(token.replace(order, never), forged, order, order + ".", "", "ord_" + token)) {
      assertThat(get(other, Map.of()).status()).as(other).isEqualTo(404);
    }
  }

  @Test
  void thePageIsTheShopsWithTheOrdersNumberItsItemsAndHelp() {
    String page = get(token, ENGLISH).body();

    assertThat(page).contains("<h1><bdi>Your order #1042</bdi></h1>", "Teehaus Online", "--brand: #0a7f5c;",
        "Assam 200 g", "<span>× 2</span>", "Becher", "name of MUG-BLUE", "mailto:help@example.com", "HRB 12345");
    assertThat(json()).containsEntry("number", "#1042").containsEntry("time_zone", "Europe/Berlin")
        .containsEntry("shop", Map.of("name", "Teehaus Online", "help", "help@example.com"));
    assertThat(page).as("nothing of the recipient, and no price").doesNotContain("Grace", "Hauptstr", "ada@", "19,90",
        "19.90");
  }

  @Test
  void whoNamesNoLanguageReadsTheOneThatTheirMailsAreIn() {
    assertThat(get(token, Map.of()).body()).contains("<html lang=\"de\">", "Ihre Bestellung #1042");
  }

  @Test
  void whatIsInWhichParcelIsSaidWhereThereAreSeveral() {
    List<LineQuantity> lines = Samples.parcel(Samples.PARCEL).lines();
    label(Samples.PARCEL, "DHL", "JD01", lines.subList(0, 1));
    assertThat(get(token, ENGLISH).body()).contains("In this parcel", "The rest is being prepared");

    label(ParcelId.of(Samples.FULFILLMENT, 2), "DHL", "JD02", lines.subList(1, 3));
    assertThat(get(token, ENGLISH).body()).contains("Parcel 1 of 2", "Parcel 2 of 2", "In this parcel")
        .doesNotContain("The rest is being prepared");
  }

  @Test
  void aParcelThatGoesBackIsNotOnItsWay() {
    label(Samples.PARCEL, "DHL", "JD01");
    track("JD01", Instant.parse("2026-11-24T00:00:00Z"), new Scan(ShipmentStatus.IN_TRANSIT, SCANNED),
        new Scan(ShipmentStatus.RETURNED, SCANNED.plusSeconds(60)));

    assertThat(get(token, ENGLISH).body()).contains("<h2>Going back to the sender</h2>",
        "<li class=\"done\" aria-current=\"step\">Going back to the sender</li>")
        .doesNotContain("aria-current=\"step\">In transit", "Expected on", "<li>Delivered</li>");
  }

  @Test
  void aParcelThatWaitsForItsLabelIsNotShownYet() {
    ShippingTable.labels(bench.ports())
        .insert(ParcelLabel.drafted(LabelWanted.of(Samples.dispatch()),
            Samples.draft(new RecordingCarrier(), Samples.PARCEL),
            "another", bench.clock().instant()));

    assertThat(json()).containsEntry("status", "open").containsEntry("parcels", List.of());
  }

  @Test
  void whatOthersWroteIsEscaped() {
    label(Samples.PARCEL, "<script>alert(1)</script>", "\"><img src=x>");

    assertThat(get(token, Map.of()).body()).doesNotContain("<script", "<img").contains("&lt;script&gt;");
  }

  @Test
  void aWrongTokenIsNotFoundInTheFormThatIsAsked() {
    Answer page = get(token.substring(0, token.length() - 1) + "!", Map.of());
    Answer problem = get("nonsense", Map.of("accept", "application/json"));

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.body()).contains("This page does not exist");
    assertThat(problem.status()).isEqualTo(404);
    assertThat(problem.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(Json.readObject(problem.body())).containsEntry("code", "not_found");
  }

  @Test
  void nothingIsKeptEmbeddedOrPassedOn() {
    var answers = new ArrayList<Answer>();
    for (String accept : List.of("text/html", "application/json")) {
      answers.add(get(token, Map.of("accept", accept)));
      answers.add(get("nonsense", Map.of("accept", accept)));
    }

    assertThat(answers).allSatisfy(answer -> {
      assertThat(answer.headers()).containsEntry("cache-control", "no-store")
          .containsEntry("vary", "Accept, Accept-Language")
          .containsEntry("referrer-policy", "no-referrer").containsEntry("x-content-type-options", "nosniff");
      assertThat(answer.headers().get("x-robots-tag").toString()).contains("noindex");
      assertThat(answer.headers().get("content-security-policy").toString()).startsWith("default-src 'none'")
          .contains("frame-ancestors 'none'");
    });
  }

  @Test
  void thePolicyAllowsThePagesOwnStyleAndNoOther() throws Exception {
    Answer answer = get(token, Map.of());
    String style = answer.body().split("<style>")[1].split("</style>")[0];
    String hash = Base64.getEncoder()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));

    assertThat(answer.headers().get("content-security-policy").toString()).contains("style-src 'sha256-" + hash + "'")
        .doesNotContain("unsafe");
    assertThat(answer.body()).doesNotContain("style=", "<script");
  }
}
