package waybill.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.options.Checkout.Answer;
import waybill.platform.Json;
import waybill.workbench.RequestSchema;

/** It is Sunday, the 22nd of November 2026, ten in the morning in Leipzig. */
class QuoteDeliveryTest {
  private static final String ASKED = Checkout.sample("quote-delivery.json");
  /** What the sample of an order ships: a mug more than the sample of a request. */
  private static final String ORDERED = ASKED.replace("\"MUG-BLUE\", \"quantity\": 1", "\"MUG-BLUE\", \"quantity\": 2");

  private final Checkout checkout = new Checkout();

  @AfterEach
  void close() {
    checkout.close();
  }

  @Test
  void theChannelsMethodsAreOfferedWithPriceAndDays() {
    Answer answer = checkout.ask(ASKED);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.list("data")).extracting(it -> it.get("method")).containsExactly("standard", "express");
    assertThat(answer.list("data").getFirst()).containsEntry("price", 490L).containsEntry("currency", "EUR")
        .containsEntry("dispatch_on", "2026-11-23").containsEntry("earliest_at", "2026-11-23T23:00:00.000Z")
        .containsEntry("latest_at", "2026-11-26T22:59:59.000Z").containsEntry("confidence", null);
    assertThat(answer.body()).containsEntry("expires_at", "2026-11-22T09:30:00.000Z");
    assertThat(answer.list("problems")).isEmpty();
  }

  @Test
  void calendarsOfTheLocationAndOfTheCarrierCount() {
    checkout.put("calendars", "saxony", """
        {"name": "Saxony", "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
         "overrides": [{"date": "2026-11-23", "open": false}]}""");
    checkout.put("locations", "leipzig",
        Checkout.sample("put-location.json").replace("\"cut_off\"", "\"calendar\": \"saxony\", \"cut_off\""));

    assertThat(checkout.ask(ASKED).list("data").getFirst()).containsEntry("dispatch_on", "2026-11-24");

    checkout.put("locations", "leipzig",
        Checkout.sample("put-location.json").replace("\"cut_off\"", "\"calendar\": \"gone\", \"cut_off\""));
    Answer answer = checkout.ask(ASKED);
    assertThat(answer.list("data")).isEmpty();
    assertThat(answer.body()).containsEntry("expires_at", null);
    assertThat(answer.list("problems")).extracting(it -> it.get("code")).containsExactly("unknown_calendar");
  }

  /** Case C14 of carriers. */
  @Test
  void whatOnlyAdultsMayHaveIsOfferedByMethodsThatCheckTheirAge() {
    checkout.put("products", "TEA-200", "{\"name\": \"Gin\", \"weight_grams\": 210, \"requires\": [\"age_18\"]}");
    assertThat(checkout.ask(ASKED).list("problems")).extracting(it -> it.get("method") + " " + it.get("code"))
        .containsExactly("standard no_age_check", "express no_age_check");

    checkout.put("channels", "de-web", Checkout.sample("put-channel.json").replace("\"name\": \"Express\"",
        "\"name\": \"Express\", \"age_check\": 18"));
    assertThat(checkout.ask(ASKED).list("data")).extracting(it -> it.get("method")).containsExactly("express");
  }

  /** The stand-in says what it asks, and no days. */
  @Test
  void aMethodMayLeaveItsPriceToItsCarrier() {
    String method = """
        {"code": "carrier", "name": "By carrier", "carrier_account": {"carrier": "table_rate", "account": "built-in"},
         "service": "standard", "zones": [{"min_days": 1, "max_days": 2}]},
        {"code": "gone", "name": "By another", "carrier_account": {"carrier": "ghost", "account": "gone"},
         "zones": [{"countries": ["DE"]}]},""";
    checkout.put("channels", "de-web",
        Checkout.sample("put-channel.json").replace("\"shipping_methods\": [", "\"shipping_methods\": [" + method));

    Answer answer = checkout.ask(ASKED);

    assertThat(answer.list("data")).extracting(it -> it.get("method") + " " + it.get("price"))
        .containsExactly("carrier 449", "standard 490", "express 990");
    assertThat(answer.list("problems")).extracting(it -> it.get("method") + " " + it.get("code"))
        .containsExactly("null not_taken", "gone no_rate");
  }

  @Test
  void theLocationThatWouldShipDecides() {
    checkout.put("locations", "halle",
        Checkout.sample("put-location.json").replace("\"cut_off\"", "\"handling_days\": 1, \"cut_off\""));
    checkout.receive("TEA-200", "halle", 1_000);
    checkout.receive("MUG-BLUE", "halle", 1_000);

    String many = ASKED.replace("\"quantity\": 2", "\"quantity\": 50");
    assertThat(checkout.ask(many).list("data").getFirst()).containsEntry("dispatch_on", "2026-11-24");
  }

  @Test
  void whatIsNotThereIsNotOfferedOrFromTheDayOnWhichItComes() {
    String many = ASKED.replace("\"quantity\": 2", "\"quantity\": 11");
    assertThat(checkout.ask(many).list("problems")).extracting(it -> it.get("code")).containsExactly("sold_out");

    checkout.put("products", "TEA-200",
        "{\"name\": \"Assam\", \"weight_grams\": 210, \"oversell\": {\"policy\": \"backorder\", \"limit\": 5}}");
    assertThat(checkout.ask(many).list("problems")).extracting(it -> it.get("code")).containsExactly("no_day");

    checkout.put("products", "TEA-200", """
        {"name": "Assam", "weight_grams": 210,
         "oversell": {"policy": "preorder", "limit": 5, "available_from": "2026-12-04T14:00:00Z"}}""");
    assertThat(checkout.ask(many).list("data").getFirst()).containsEntry("dispatch_on", "2026-12-07");
  }

  @Test
  void whatCannotBeMeantIsRefusedWithTheFieldAndTheRule() {
    assertThat(checkout.ask("""
        {"channel": "none", "destination": {"country": "UK"}, "wanted_by": "tomorrow", "currency": "XXQ",
         "lines": [{"sku": "TEA-200", "quantity": 0}, {"sku": "TEA-200", "quantity": 1}], "parcels": 1}""").errors())
        .containsExactlyInAnyOrder("/channel unknown_channel", "/destination/country invalid", "/wanted_by invalid",
            "/currency invalid", "/lines/0/quantity out_of_range", "/lines/1/sku repeated", "/parcels unknown");
    assertThat(checkout.ask(ASKED.replace("MUG-BLUE", "NONE")).errors())
        .containsExactly("/lines/1/sku unknown_product");
    assertThat(checkout.ask(ASKED.replace("\"channel\"", "\"currency\": \"USD\", \"channel\"")).errors())
        .containsExactly("/currency not_of_channel");
    checkout.put("products", "PDF", "{\"name\": \"Guide\", \"requires_shipping\": false}");
    assertThat(checkout.ask("""
        {"channel": "de-web", "destination": {"country": "DE"}, "lines": [{"sku": "PDF", "quantity": 1}]}""").errors())
        .containsExactly("/lines nothing_ships");
  }

  @Test
  void whatACheckoutAsksIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("DeliveryOptionsForm").misfits(
        """
            {"channel": "de-web", "destination": {"country": "DE", "state": "BE", "postal_code": "10827"},
             "lines": [{"sku": "TEA-200", "quantity": 2, "unit_price": 1990}], "currency": "EUR", "wanted_by": "2026-12-24"}""",
        fields -> {
          DeliveryRequest request = DeliveryRequest.read(fields);
          fields.verify();
          return request;
        })).isEmpty();
  }

  private String express() {
    return (String) checkout.ask(ORDERED).list("data").getLast().get("id");
  }

  private static String ordering(String option) {
    return Checkout.sample("place-order.json").replace("\"tags\"",
        "\"delivery_option_id\": \"%s\", \"tags\"".formatted(option));
  }

  @Test
  void anOrderThatNamesAnOptionKeepsWhatWasOffered() {
    String option = express();

    Answer placed = checkout.place(ordering(option));

    assertThat(placed.status()).isEqualTo(201);
    Answer order = checkout.order((String) placed.body().get("id"));
    assertThat(order.body()).containsEntry("delivery_option_id", option);
    assertThat(order.list("promises")).isEqualTo(placed.list("promises")).singleElement().satisfies(it -> {
      assertThat(it).containsEntry("method", "express").containsEntry("latest_at", "2026-11-24T22:59:59.000Z")
          .containsEntry("offered_latest_at", "2026-11-24T22:59:59.000Z").containsEntry("moved_by", null)
          .containsEntry("kept", null);
      assertThat(it.get("lines")).isEqualTo(List.of(Map.of("line_id", "line_1", "quantity", 2L),
          Map.of("line_id", "line_2", "quantity", 1L), Map.of("line_id", "line_3", "quantity", 1L)));
    });
  }

  @Test
  void anOrderPlacedInTimeIsTheSameOrderLongAfterTheOptionHasExpired() {
    String form = ordering(express());
    assertThat(checkout.place(form).status()).isEqualTo(201);
    checkout.bench.clock().advance(Duration.ofDays(9));

    assertThat(checkout.place(form).status()).isEqualTo(200);
  }

  @Test
  void anOptionOfAnotherOrderOrOneThatHasExpiredIsRefusedByFieldAndRule() {
    String option = express();
    String form = ordering(option);

    assertThat(checkout.place(form.replace("10827", "20095")).errors())
        .containsExactly("/shipping_address not_as_offered");
    assertThat(checkout.place(form.replace("\"method\": \"express\"", "\"method\": \"standard\"")).errors())
        .containsExactly("/shipping/method not_as_offered");
    assertThat(checkout.place(form.replace(
        "\"price\": 990, \"taxes\": [{\"name\": \"MwSt\", \"rate\": \"0.19\", \"amount\": 158}], \"total\": 990",
        "\"price\": 1090, \"total\": 1090").replace("6072", "6172")).errors())
        .containsExactly("/shipping/price not_as_offered");
    assertThat(
        checkout.place(form.replace("\"sku\": \"MUG-BLUE\", \"name\"", "\"sku\": \"TEA-200\", \"name\"")).errors())
        .containsExactly("/lines not_as_offered");
    assertThat(checkout.place(form.replace(option, option.replaceAll("_[0-9]+$", "_9"))).errors())
        .containsExactly("/delivery_option_id unknown");
    checkout.put("channels", "ch-web", Checkout.sample("put-channel.json"));
    assertThat(checkout.place(form.replace("\"de-web\"", "\"ch-web\"")).errors())
        .containsExactly("/delivery_option_id other_channel");

    checkout.bench.clock().advance(QuoteDeliveryHandler.VALID);
    assertThat(checkout.place(form).errors()).containsExactly("/delivery_option_id expired");
  }

  @Test
  void anOptionIsKeptIfATransactionIsInTheWayOfIt() {
    checkout.faults.conflictAt(1);
    String option = express();
    assertThat(checkout.faults.conflicted()).isTrue();

    assertThat(checkout.place(ordering(option)).status()).isEqualTo(201);
  }

  @Test
  void anOrderKeepsItsOptionWhicheverWriteATransactionIsInTheWayOf() {
    int write = 0;
    do {
      checkout.faults.conflictAt(0);
      String option = express();
      checkout.faults.conflictAt(++write);
      Answer placed = checkout.place(ordering(option).replace("5512033", "55120330" + write)
          .replace("pi_3QWaybillSample", "pi_" + write));
      assertThat(placed.status()).as("write %d", write).isEqualTo(201);
      Answer order = checkout.order((String) placed.body().get("id"));
      assertThat(order.body()).as("write %d", write).containsEntry("delivery_option_id", option);
      assertThat(order.list("promises")).as("write %d", write).isEqualTo(placed.list("promises")).singleElement()
          .satisfies(it -> assertThat(it).containsEntry("offered_latest_at", "2026-11-24T22:59:59.000Z"));
    } while (checkout.faults.conflicted());
    assertThat(write).as("what was offered, what was ordered, and its state").isGreaterThan(3);
  }

  private Answer fromZurich(String unitPrice) {
    checkout.put("locations", "leipzig", Checkout.sample("put-location.json").replace("\"04129\"", "\"8001\"")
        .replace("\"country\": \"DE\"", "\"country\": \"CH\""));
    checkout.put("products", "TEA-200", """
        {"name": "Assam", "weight_grams": 210, "hs_code": "090240", "origin": "IN", "gtin": "4006381333931",
         "customs": {"value": {"amount": 1990, "currency": "EUR"}}}""");
    checkout.put("products", "MUG-BLUE", """
        {"name": "Becher", "weight_grams": 350, "hs_code": "691200", "origin": "PT", "manufacturer_number": "M 7",
         "customs": {"value": {"amount": 1500, "currency": "EUR"}}}""");
    return checkout.ask(unitPrice == null
        ? ASKED
        : ASKED.replace("\"sku\": \"MUG-BLUE\",",
            "\"sku\": \"MUG-BLUE\", \"unit_price\": " + unitPrice + ","));
  }

  /** Case C10b of carriers: two tariff numbers, and the tax on their duty. */
  @Test
  void whatIsDueAtACustomsBorderIsBesideTheOffers() {
    Answer answer = fromZurich(null);

    assertThat(answer.list("data")).isNotEmpty();
    assertThat(Json.object(answer.body().get("duties"))).containsEntry("duty", 600L).containsEntry("tax", 114L)
        .containsEntry("total", 714L).containsEntry("currency", "EUR").containsEntry("paid_by", "recipient");
    assertThat(answer.list("problems")).noneMatch(it -> it.get("code").equals("customs_incomplete"));
    assertThat(checkout.ask(ASKED.replace("\"DE\"", "\"CH\"")).body()).containsEntry("duties", null);
  }

  @Test
  void aPriceThatTheCheckoutNamesCounts() {
    assertThat(fromZurich("1500").body().get("duties")).isNotNull();
    assertThat(fromZurich("15000").body()).as("more than 150 euros are charged by the tariff").containsEntry("duties",
        null);
  }

  @Test
  void whatCustomsWouldMissIsAProblemBesideTheOffers() {
    checkout.put("locations", "leipzig", Checkout.sample("put-location.json").replace("\"04129\"", "\"8001\"")
        .replace("\"country\": \"DE\"", "\"country\": \"CH\""));
    Answer answer = checkout.ask(ASKED);

    assertThat(answer.list("data")).isNotEmpty();
    assertThat(answer.list("problems")).filteredOn(it -> it.get("code").equals("customs_incomplete"))
        .extracting(it -> it.get("detail").toString()).anyMatch(it -> it.contains("TEA-200/hs_code"))
        .anyMatch(it -> it.contains("MUG-BLUE/origin"));
  }
}
