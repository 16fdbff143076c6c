package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.Message;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;
import waybill.workbench.Bench;

class PlaceOrderTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void theSampleOrderIsPlacedAndCanBeReadAtOnce() {
    Answer placed = shop.place(Shop.sample());
    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.headers()).containsEntry("location", "/orders/" + Shop.SAMPLE).containsEntry("etag", "\"1\"");
    assertThat(placed.body()).containsEntry("id", Shop.SAMPLE.value()).containsEntry("status", "open")
        .containsEntry("awaiting", "stock").containsEntry("stock_status", "pending")
        .containsEntry("payment_status", "partially_paid").containsEntry("fulfillment_status", "unfulfilled")
        .containsEntry("delivery_status", "pending")
        .containsEntry("livemode", false).containsEntry("revision", 1L)
        .containsEntry("totals", Map.of("lines", 5082L, "discounts", 1898L, "shipping", 990L, "taxes", 969L, "total",
            6072L, "authorized", 500L, "captured", 500L, "refunded", 0L, "credited", 0L, "due", 5572L));
    Answer read = shop.get(Shop.SAMPLE.value(), "storefront", "orders:place");
    assertThat(read.body()).isEqualTo(placed.body());
  }

  @Test
  void placingMakesThreeCallsToTablesAndReadsBackNothing() {
    shop.faults.stop();
    int before = shop.faults.calls();
    shop.place(Shop.sample());
    int sends = shop.bench.sentTo(ReserveStock.class).size() + shop.bench.sentTo(RecordPayment.class).size();
    assertThat(shop.faults.calls() - before - sends).as("channel and products, content, state").isEqualTo(3);
  }

  @Test
  void whatWasSentComesBack() {
    Map<String, Object> sent = Shop.sample();
    Map<String, Object> body = shop.place(sent).body();
    List.of("reference", "number", "channel", "currency", "taxes_included", "customer", "shipping_address",
        "billing_address", "total", "gift", "note", "tags",
        "seller_id", "metadata").forEach(it -> assertThat(body).as(it).containsEntry(it, sent.get(it)));
    assertThat(body).as("in UTC, to the millisecond").containsEntry("placed_at", "2026-11-22T09:15:04.000Z");
    Map<String, Object> line = Json.object(((List<?>) body.get("lines")).get(1));
    assertThat(line).containsEntry("id", "line_2").containsEntry("metadata", Map.of("engraving", "G.H.")).containsEntry(
        "quantities",
        Map.of("reserved", 0L, "backordered", 0L, "allocated", 0L, "shipped", 0L, "delivered", 0L, "cancelled", 0L,
            "returned", 0L));
    assertThat((List<?>) body.get("payments")).map(it -> Json.object(it).get("reference"))
        .containsExactly("pi_3QWaybillSample", "GC-8831");
  }

  @Test
  void theSameOrderTwiceIsOneOrderAndIsSentAgain() {
    shop.place(Shop.sample());
    List<Bench.Sent> sent = shop.bench.sent();
    assertThat(sent).extracting(Bench.Sent::queue).containsExactly("queue:reserve-stock", "queue:record-payment");
    shop.bench.forgetSent();
    shop.bench.clock().advance(Duration.ofDays(14));
    Answer again = shop.place(Shop.sample());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).containsEntry("id", Shop.SAMPLE.value()).containsEntry("revision", 1L)
        .containsEntry("created_at", "2026-11-22T09:00:00.000Z");
    assertThat(shop.bench.sent()).isEqualTo(sent);
    assertThat(shop.bench.items("orders")).hasSize(2);
  }

  @Test
  void aRepeatedOrderTellsWhatItsStateImpliesNowAndNotWhatItOnceDid() {
    shop.place(Shop.sample());
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    shop.bench.forgetSent();
    shop.place(Shop.sample());
    assertThat(shop.bench.sentTo(ReserveStock.class)).isEmpty();
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).hasSize(1).first().isInstanceOf(OrderReleased.class);
  }

  @Test
  void aPlacedOrderStandsWhateverBecomesOfTheCatalog() {
    shop.place(Shop.sample());
    shop.putChannel(it -> {
      it.put("currencies", List.of("CHF"));
      it.put("payment_accounts", List.of());
    });
    assertThat(shop.place(Shop.sample()).status()).isEqualTo(200);
    assertThat(shop.place(Shop.set(Shop.sample(), "/reference", "another")).errors())
        .containsExactly("/currency not_of_channel", "/payments/0/account not_of_channel");
  }

  @Test
  void anotherOrderUnderTheSameReferenceIsRefusedWithTheFirstOnesId() {
    shop.place(Shop.sample());
    shop.bench.forgetSent();
    Answer other = shop.place(Shop.set(Shop.sample(), "/note", "Nicht klingeln"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body()).containsEntry("code", "reference_reused").containsEntry("order_id", Shop.SAMPLE.value());
    assertThat(shop.bench.sent()).isEmpty();
  }

  @Test
  void theSameContentInAnotherSpellingIsTheSameOrder() {
    shop.place(Shop.sample());
    Map<String, Object> spelled = Shop.sample();
    spelled.put("placed_at", "2026-11-22T10:15:04+01:00");
    spelled.put("payment_expires_at", null);
    Shop.set(spelled, "/lines/2/taxes", List.of());
    assertThat(shop.place(spelled).status()).isEqualTo(200);
  }

  @Test
  void aRepeatedOrderWithAFieldThatNobodyKnowsIsRefused() {
    shop.place(Shop.sample());
    assertThat(shop.place(Shop.set(Shop.sample(), "/priority", 1)).errors()).containsExactly("/priority unknown");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"/channel | \"nowhere\" | /channel unknown",
    "/channel | \"No Where\" | /channel invalid", "/currency | \"USD\" | /currency not_of_channel",
    "/currency | \"EURO\" | /currency invalid", "/currency | \"eur\" | /currency invalid",
    "/lines/0/sku | \"NO-SUCH\" | /lines/0/sku unknown",
    "/shipping/method | \"rocket\" | /shipping/method not_of_channel",
    "/payments/0/account | \"shop-us\" | /payments/0/account not_of_channel",
    "/payments/0/provider | \"paypal\" | /payments/0/provider invalid",
    "/lines/0/quantity | 0 | /lines/0/quantity out_of_range",
    "/lines/0/quantity | -1 | /lines/0/quantity out_of_range",
    "/lines/0/quantity | 1000001 | /lines/0/quantity out_of_range",
    "/lines/0/quantity | 1e400 | /lines/0/quantity wrong_type",
    "/lines/0/quantity | 1.5 | /lines/0/quantity wrong_type", "/total | -1 | /total out_of_range",
    "/total | 6073 | /total sum_mismatch", "/customer/email | \"ada\" | /customer/email invalid",
    "/customer/email | null | /customer/email required",
    "/customer/email | \"a@example.com\\r\\nBcc: b@example.com\" | /customer/email invalid",
    "/customer/email | \"a\\u200b@example.com\" | /customer/email invalid",
    "/customer/email | \"a@exa\\u202emple.com\" | /customer/email invalid",
    "/customer/email | \"a\\u00a0b@example.com\" | /customer/email invalid",
    "/customer/email | \"j\\u00fcrgen@example.com\" | /customer/email invalid",
    "/customer/email | \"ada@localhost\" | /customer/email invalid",
    "/customer/email | \"ada..b@example.com\" | /customer/email invalid",
    "/customer/email | \"ada@-example.com\" | /customer/email invalid",
    "/customer/email | \"ada@stra\\u00dfe.de\" | /customer/email invalid",
    "/tags | [\"\\u200b\"] | /tags/0 invalid",
    "/payment_expires_at | \"+10000-01-01T00:00:00Z\" | /payment_expires_at invalid",
    "/shipping_address | null | /shipping_address required",
    "/shipping_address/country | \"Germany\" | /shipping_address/country invalid",
    "/reference | \"\" | /reference empty", "/reference | \"a\\u0000b\" | /reference control_character",
    "/taxes_included | null | /taxes_included required",
    "/lines | [] | /lines wrong_count", "/lines/1 | 7 | /lines/1 wrong_type", "/planet | \"Mars\" | /planet unknown"})
  void badInputIsToldByItsPointerAndChangesNothing(String pointer, String value, String error) {
    Answer refused = shop.place(Shop.set(Shop.sample(), pointer, Json.read(value)));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors().stream().filter(it -> it.equals(error))).as(refused.errors().toString()).hasSize(1);
    assertThat(shop.bench.items("orders")).isEmpty();
    assertThat(shop.bench.sent()).isEmpty();
  }

  @Test
  void halfACharacterIsRefusedForItWouldNotComeBackFromTheTable() {
    String body = Json.write(Shop.set(Shop.sample(), "/tags/0", "HALF")).replace("HALF", "\\ud800");
    assertThat(shop.place(body).errors()).containsExactly("/tags/0 control_character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"reference\":\"a\",\"reference\":\"b\"}",
    "{\"total\":1e99999999999}"})
  void aBodyThatIsNoJsonObjectIsRefused(String body) {
    assertThat(shop.place(body).status()).isEqualTo(400);
    assertThat(shop.bench.items("orders")).isEmpty();
  }

  @Test
  void aMailAddressThatNobodyCouldSendToIsRefusedWithItsRule() {
    assertThat(shop.place(Shop.set(Shop.sample(), "/customer/email", "j\u00fcrgen@example")).body().toString())
        .contains("is a mail address: ASCII before the @, a domain with a dot after it").doesNotContain("rgen@");
  }

  @Test
  void anInternationalisedDomainIsKeptAsItIsWritten() {
    assertThat(shop.place(Shop.set(Shop.sample(), "/customer/email", "ada@m\u00fcller.de")).body().toString())
        .contains("ada@m\u00fcller.de");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    Map<String, Object> body = Shop.sample();
    Shop.set(body, "/lines/0/quantity", 0);
    Shop.set(body, "/customer/email", "x");
    Shop.set(body, "/channel", "nowhere");
    body.remove("total");
    assertThat(shop.place(body).errors()).containsExactly("/customer/email invalid", "/lines/0/quantity out_of_range",
        "/total required", "/channel unknown");
  }

  @Test
  void anOrderMayHave500Lines() {
    Map<String, Object> line = Json.object(((List<?>) Shop.sample().get("lines")).get(0));
    Map<String, Object> body = Shop.sample();
    body.put("lines", java.util.Collections.nCopies(500, line));
    body.put("total", 500 * 3582 + 990);
    assertThat(shop.place(body).status()).isEqualTo(201);
    assertThat(shop.get(Shop.SAMPLE.value(), "storefront", "orders:place").body().get("lines"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(500);
    body.put("lines", java.util.Collections.nCopies(501, line));
    assertThat(shop.place(body).errors()).containsExactly("/lines wrong_count");
  }

  @Test
  void anOrderThatNoTableCouldHoldIsRefused() {
    Map<String, Object> line = Shop.set(Json.object(((List<?>) Shop.sample().get("lines")).get(0)), "/metadata",
        Map.of("k", "\uD83C\uDF81".repeat(200)));
    Map<String, Object> body = Shop.sample();
    body.put("lines", java.util.Collections.nCopies(500, line));
    body.put("total", 500 * 3582 + 990);
    assertThat(shop.place(body).errors()).containsExactly(" too_large");
    assertThat(shop.bench.items("orders")).isEmpty();
  }

  @Test
  void theLargestOrderThatIsTakenFitsTheTable() {
    // Close below the limit, of characters of three bytes each.
    Map<String, Object> body = Shop.simple("large", "TEA-200", 1);
    Map<String, Object> line = Shop.set(Json.object(((List<?>) body.get("lines")).get(0)), "/metadata",
        IntStream.range(0, 22).boxed()
            .collect(java.util.stream.Collectors.toMap(it -> "k" + it, _ -> "€".repeat(500))));
    body.put("lines", java.util.Collections.nCopies(10, line));
    body.put("total", 10_000);
    assertThat(Json.write(body).getBytes(StandardCharsets.UTF_8).length).isBetween(330_000, 350_000);
    assertThat(shop.place(body).status()).isEqualTo(201);
  }

  @Test
  void twoLinesOfOneSkuAskForItTogether() {
    shop.place(Shop.sample());
    OrderPlaced placed = (OrderPlaced) shop.bench.sentTo(ReserveStock.class).getFirst();
    assertThat(placed.items()).extracting(it -> it.sku() + " " + it.quantity()).containsExactly("MUG-BLUE 2",
        "TEA-200 2");
  }

  @Test
  void anOrderOfNothingToShipNeedsNoAddressAndNoStock() {
    Map<String, Object> body = Shop.simple("digital", "E-BOOK", 1);
    body.remove("shipping_address");
    body.put("payments",
        List.of(Map.of("provider", "external", "reference", "cash", "amount", 1000, "status", "captured")));
    Answer placed = shop.place(body);
    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.body()).containsEntry("stock_status", "not_required").containsEntry("payment_status", "paid")
        .containsEntry("status", "completed").containsEntry("awaiting", null);
    assertThat(shop.bench.sentTo(ReserveStock.class)).isEmpty();
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).hasSize(1);
  }

  @Test
  void anOrderThatCostsNothingIsPaid() {
    Map<String, Object> body = Shop.simple("gift", "TEA-200", 1);
    Shop.set(body, "/lines/0", Map.of("sku", "TEA-200", "quantity", 1, "unit_price", 0, "total", 0));
    body.put("total", 0);
    assertThat(shop.place(body).body()).containsEntry("payment_status", "paid").containsEntry("awaiting", "stock");
  }

  @Test
  void aGuestHasNoIdAndStandsInNoCustomersList() {
    Map<String, Object> body = Shop.simple("guest", "TEA-200", 1);
    body.put("customer", Map.of("email", "guest@example.com"));
    assertThat(shop.place(body).status()).isEqualTo(201);
    assertThat(shop.bench.items("orders")).noneMatch(it -> it.containsKey("by_customer"));
  }

  @Test
  void newsThatWereFasterThanTheOrderCount() {
    shop.advance(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    assertThat(shop.get(Shop.SAMPLE.value(), "storefront", "orders:place").status()).as("a stub is no order")
        .isEqualTo(404);
    assertThat(shop.ofCustomer("c_881")).isEmpty();
    assertThat(shop.place(Shop.sample()).body()).containsEntry("payment_status", "paid").containsEntry("revision", 2L);
  }

  @Test
  void aQueueThatCannotBeReachedMakesTheStorefrontAskAgain() {
    shop.bench.refuseNextSends(1);
    Answer answer = shop.place(Shop.sample());
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsEntry("retry-after", "1");
    shop.bench.forgetSent();
    assertThat(shop.place(Shop.sample()).status()).isEqualTo(200);
    assertThat(shop.bench.sent()).hasSize(2);
  }

  @Test
  void nothingPersonalIsLoggedOrSent() {
    PrintStream before = System.out;
    var logged = new ByteArrayOutputStream();
    System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
    try {
      shop.place(Shop.sample());
      shop.place(Shop.sample());
      shop.advance(new StockReserved(Shop.SAMPLE),
          new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)), Samples.packed(1));
      shop.bench.refuseNextSends(9);
      shop.place(Shop.sample());
    } finally {
      System.setOut(before);
    }
    assertThat(logged.toString(StandardCharsets.UTF_8).lines()).hasSize(6)
        .allSatisfy(it -> assertThat(it).satisfies(PlaceOrderTest::holdsNothingPersonal));
    assertThat(shop.bench.sent()).isNotEmpty().extracting(Bench.Sent::text)
        .allSatisfy(PlaceOrderTest::holdsNothingPersonal);
  }

  private static void holdsNothingPersonal(String text) {
    assertThat(text).doesNotContain("ada@", "Ada", "Grace", "Hauptstr", "Ring 1", "+49", "c_881", "klingeln",
        "Alles Gute");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItDiesTheStorefrontsRetryEndsTheSame(boolean afterItsEffect) {
    shop.faults.stop();
    shop.place(Shop.sample());
    int calls = shop.faults.calls();
    List<Message> expected = shop.bench.sent().stream().map(Bench.Sent::message).toList();
    assertThat(calls).as("three of tables, and two queues").isEqualTo(5);
    for (int call = 1; call <= calls; call++) {
      try (var fresh = new Shop()) {
        fresh.faults.strike(call, afterItsEffect, () -> SdkClientException.create("died"));
        assertThat(fresh.place(Shop.sample()).status()).as("call %d", call).isBetween(500, 503);
        fresh.faults.stop();
        assertThat(fresh.place(Shop.sample()).status()).isBetween(200, 201);
        assertThat(fresh.state(Shop.SAMPLE)).isEqualTo(shop.state(Shop.SAMPLE));
        assertThat(fresh.bench.sent().stream().map(Bench.Sent::message).distinct())
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  @Test
  void ofManyWhoPlaceAnOrderAtOnceOneIsToldThatItIsNew() throws Exception {
    var at = java.util.Collections.nCopies(8, (Callable<Integer>) () -> shop.place(Shop.sample()).status());
    var statuses = new java.util.ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(at.size())) {
      for (Future<Integer> status : threads.invokeAll(at)) {
        statuses.add(status.get());
      }
    }
    assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
  }

  @Test
  void severalStorefrontsAtOncePlaceOneOrderWhileItsNewsArrive() throws Exception {
    for (int round = 0; round < 10; round++) {
      Map<String, Object> body = Shop.set(Shop.sample(), "/reference", "round " + round);
      var id = Samples.content(body).id();
      var at = new ArrayList<Callable<Integer>>(java.util.Collections.nCopies(3, () -> shop.place(body).status()));
      at.add(() -> 200 + shop.advance(new StockReserved(id)));
      at.add(() -> 200 + shop.advance(new PaymentCaptured(id, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572))));
      try (var threads = Executors.newFixedThreadPool(at.size())) {
        for (Future<Integer> status : threads.invokeAll(at)) {
          assertThat(status.get()).isBetween(200, 201);
        }
      }
      assertThat(shop.state(id).isReleased()).isTrue();
      assertThat(shop.bench.sentTo(PlanFulfillment.class)).filteredOn(it -> ((OrderReleased) it).order().equals(id))
          .isNotEmpty();
    }
    assertThat(shop.bench.items("orders")).hasSize(20);
  }
}
