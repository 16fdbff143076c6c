package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.ChannelId;
import waybill.messages.ReservationId;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.TimeText;

class CheckoutReservationsTest {
  private Depot depot;
  private Instant started;

  @BeforeEach
  void open() {
    depot = new Depot();
    depot.channel("web", "default");
    started = depot.bench.clock().instant();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  @Test
  void whatACheckoutKeepsNobodyElseGets() {
    depot.holds(TEA, BERLIN, 5);

    Answer made = depot.keep("k-1", 10, of(4, TEA));
    depot.reserve(order("other", 0, of(2, TEA)));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body()).containsEntry("status", "held").containsEntry("channel", "web")
        .containsEntry("order_id", null).containsEntry("expires_at", minutes(10)).containsEntry("revision", 1L)
        .containsEntry("items", List.of(Map.of("sku", "TEA-200", "quantity", 4L)));
    assertThat(depot.getReservation(id(made)).body()).isEqualTo(made.body());
    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("other"), List.of(of(1, TEA))));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1, 4, 0, 0));
  }

  @Test
  void allOfItIsKeptOrNothing() {
    depot.holds(TEA, BERLIN, 5).holds(MUG, BERLIN, 1);

    Answer refused = depot.keep("k-1", 10, of(2, TEA), of(3, MUG));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).containsEntry("code", "insufficient_stock").containsEntry("errors", List.of(Map.of(
        "pointer", "/items/1/quantity", "code", "insufficient_stock", "detail",
        "1 units of MUG-BLUE can be promised now")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
    depot.holds(MUG, BERLIN, 2);
    assertThat(depot.keep("k-1", 10, of(2, TEA), of(3, MUG)).status()).as("what was refused left no trace")
        .isEqualTo(201);
  }

  @Test
  void aRequestSentTwiceKeepsItsUnitsOnce() {
    depot.holds(TEA, BERLIN, 5);

    Answer first = depot.keep("k-1", 10, of(2, TEA));
    depot.bench.clock().advance(Duration.ofMinutes(3));
    Answer again = depot.keep("k-1", 10, of(2, TEA));

    assertThat(again).isEqualTo(first);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 2, 0, 0));
    assertThat(depot.keep("k-1", 10, of(3, TEA)).body()).containsEntry("code", "idempotency_key_reused");
    assertThat(depot.keep("k-1", 11, of(2, TEA)).body()).containsEntry("code", "idempotency_key_reused");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"channel":"web","items":[{"sku":"TEA-200","quantity":1}]}                                 | /minutes          | required
      {"channel":"web","items":[{"sku":"TEA-200","quantity":1}],"minutes":0}                     | /minutes          | out_of_range
      {"channel":"web","items":[{"sku":"TEA-200","quantity":1}],"minutes":121}                   | /minutes          | out_of_range
      {"channel":"nope","items":[{"sku":"TEA-200","quantity":1}],"minutes":5}                    | /channel          | unknown_channel
      {"channel":"web","items":[],"minutes":5}                                                   | /items            | wrong_count
      {"channel":"web","items":[{"sku":"COFFEE","quantity":1}],"minutes":5}                      | /items/0/sku      | unknown_product
      {"channel":"web","items":[{"sku":"EBOOK","quantity":1}],"minutes":5}                       | /items/0/sku      | not_counted
      {"channel":"web","items":[{"sku":"TEA-200","quantity":0}],"minutes":5}                     | /items/0/quantity | out_of_range
      {"channel":"web","items":[{"sku":"TEA-200","quantity":1},{"sku":"TEA-200","quantity":1}],"minutes":5} | /items/1/sku | repeated
      {"channel":"web","items":[{"sku":"TEA-200","quantity":1}],"minutes":5,"ttl":9}             | /ttl              | unknown
      """)
  void badInputIsRefusedByFieldAndRule(String body, String pointer, String code) {
    depot.put("EBOOK", "{\"name\":\"A file\",\"requires_shipping\":false}");

    Answer refused = depot.keep(Map.of("idempotency-key", "k-1"), body);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("\"pointer\":\"%s\",\"code\":\"%s\"".formatted(pointer, code));
  }

  @Test
  void anIdempotencyKeyIsRequired() {
    assertThat(
        depot.keep(Map.of(), "{\"channel\":\"web\",\"items\":[{\"sku\":\"TEA-200\",\"quantity\":1}],\"minutes\":5}")
            .status())
        .isEqualTo(400);
  }

  @Test
  void itExpiresAMinuteAfterItsTimeAndItsUnitsAreFree() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(4, TEA));

    depot.bench.clock().advance(Duration.ofMinutes(10).plusSeconds(59));
    depot.expire();
    assertThat(depot.getReservation(id(made)).body()).containsEntry("status", "held");
    depot.bench.clock().advance(Duration.ofSeconds(1));
    depot.expire();

    assertThat(depot.getReservation(id(made)).body()).containsEntry("status", "expired");
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
    depot.expire();
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void prolongedItIsKeptFromNowOnAndNeverShorter() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(4, TEA));
    depot.bench.clock().advance(Duration.ofMinutes(8));

    Answer prolonged = depot.prolong(id(made), "p-1", 10);
    depot.bench.clock().advance(Duration.ofMinutes(1));
    Answer again = depot.prolong(id(made), "p-1", 10);
    Answer shorter = depot.prolong(id(made), "p-2", 1);

    assertThat(prolonged.body()).containsEntry("expires_at", minutes(18)).containsEntry("status", "held");
    assertThat(again.body()).as("the same request, once").isEqualTo(prolonged.body());
    assertThat(shorter.body()).containsEntry("expires_at", minutes(18));
    assertThat(depot.prolong(id(made), "p-2", 2).body()).containsEntry("code", "idempotency_key_reused");
    depot.bench.clock().advance(Duration.ofMinutes(9).plusSeconds(59));
    depot.expire();
    assertThat(depot.inPool(TEA).reserved()).isEqualTo(4);
    depot.bench.clock().advance(Duration.ofSeconds(1));
    depot.expire();
    assertThat(depot.inPool(TEA).reserved()).isZero();
  }

  @Test
  void nobodyKeepsUnitsForMoreThanADay() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 120, of(1, TEA));
    for (int hour = 1; hour < 23; hour++) {
      depot.bench.clock().advance(Duration.ofHours(1));
      assertThat(depot.prolong(id(made), "p-" + hour, 120).status()).isEqualTo(200);
      depot.expire();
    }
    depot.bench.clock().advance(Duration.ofHours(1));

    Answer refused = depot.prolong(id(made), "p-23", 61);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("\"pointer\":\"/minutes\",\"code\":\"too_long\"");
  }

  @Test
  void whatHasEndedIsNotProlonged() {
    depot.holds(TEA, BERLIN, 5);
    Answer released = depot.keep("k-1", 10, of(1, TEA));
    depot.giveUp(id(released));
    Answer ordered = depot.keep("k-2", 10, of(1, TEA));
    depot.reserve(naming(ordered, "mine", of(1, TEA)));
    Answer expired = depot.keep("k-3", 10, of(1, TEA));
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.expire();

    assertThat(List.of(depot.prolong(id(released), "p", 5), depot.prolong(id(ordered), "p", 5),
        depot.prolong(id(expired), "p", 5))).allMatch(it -> it.status() == 409)
        .extracting(it -> it.body().get("code"))
        .containsExactly("reservation_released", "reservation_ordered", "reservation_expired");
    String unknown = ReservationId.of(new ChannelId("web"), "unknown").value();
    assertThat(List.of(depot.prolong(unknown, "p", 5), depot.giveUp(unknown), depot.getReservation(unknown),
        depot.getReservation("res_1"))).allMatch(it -> it.status() == 404);
  }

  @Test
  void givenUpItsUnitsAreFreeOnceHoweverOftenThatIsAsked() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(4, TEA));

    Answer released = depot.giveUp(id(made));

    assertThat(released.status()).isEqualTo(200);
    assertThat(released.body()).containsEntry("status", "released");
    assertThat(depot.giveUp(id(made)).body()).isEqualTo(released.body());
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void whoeverWaitsIsServedFromWhatIsReleasedOrExpiresAndBeforeAnyCheckout() {
    depot.holds(TEA, BERLIN, 2).oversells(TEA, "{\"policy\":\"backorder\",\"limit\":5}");
    Answer released = depot.keep("k-1", 10, of(1, TEA));
    depot.keep("k-2", 10, of(1, TEA));
    depot.reserve(order("waiting", 0, of(2, TEA)));

    depot.bench.forgetSent();
    depot.giveUp(id(released));
    assertThat(depot.sent()).containsExactly(new BackordersDue(TEA, POOL, true));
    assertThat(depot.keep("k-3", 10, of(1, TEA)).body()).containsEntry("code", "insufficient_stock");
    depot.fill(TEA, true);
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.bench.forgetSent();
    depot.expire();

    assertThat(depot.sent()).containsExactly(new BackordersDue(TEA, POOL, true));
    depot.fill(TEA, true);
    assertThat(depot.sent()).contains(new StockReserved(orderId("waiting")));
  }

  @Test
  void oneThatEndedIsForgottenAfterADay() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(4, TEA));
    Answer ordered = depot.keep("k-2", 10, of(1, TEA));
    depot.reserve(naming(ordered, "mine", of(1, TEA)));

    for (int minute = 0; minute < 12; minute++) {
      depot.bench.clock().advance(Duration.ofMinutes(1));
      depot.expire();
    }
    assertThat(depot.getReservation(id(made)).status()).isEqualTo(200);
    depot.bench.clock().advance(Duration.ofHours(24));
    depot.expire();

    assertThat(depot.getReservation(id(made)).status()).isEqualTo(404);
    assertThat(depot.bench.items("inventory")).noneMatch(it -> it.get("pk").s().startsWith("expiring#"))
        .noneMatch(it -> it.get("sk").s().equals("checkout"));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(4, 1, 0, 0));
  }

  /** So many minutes after the bench's first moment. */

  private String minutes(int minutes) {
    return TimeText.of(started.plus(Duration.ofMinutes(minutes)));
  }
}
