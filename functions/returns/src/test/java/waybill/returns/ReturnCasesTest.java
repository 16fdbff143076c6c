package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.ReturnMessages.RefundedUnits;
import waybill.messages.ReturnMessages.ReturnSettled;
import waybill.platform.Json;
import waybill.returns.Counter.Answer;

/** The acceptance cases B1 to B16 of returns, as far as they are built, with their cents. Every message is received twice. */
class ReturnCasesTest {
  private Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  private String twoTins() {
    counter.isDelivered();
    Answer asked = counter.ask(units(1, 2));
    assertThat(asked.status()).isEqualTo(201);
    assertThat(asked.body()).containsEntry("status", "approved");
    return asked.id();
  }

  @Test
  void b1OfTwoAnnouncedOneArrivesAndItsMoneyAloneGoesBack() {
    String id = twoTins();
    assertThat(counter.count(id, units(1, 1)).line(0)).containsEntry("received", 1L).containsEntry("expected", 1L);
    assertThat(counter.dispose(id, fate(1, 1, "restocked", "nobody")).body()).containsEntry("status", "received");
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.stock("TEA-200")).containsExactly(1L, 0L, 0L);

    counter.later(Duration.ofDays(31));
    counter.sweep();
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    assertThat(counter.now(id).line(0)).containsEntry("expected", 0L);
    assertThat(counter.refunded()).isEqualTo(1791);

    assertThat(counter.count(id, units(1, 1)).body()).containsEntry("code", "return_expired");
    assertThat(counter.count(id, units(1, 1), ",\"accept_late\":true", "late").status()).isEqualTo(201);
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.stock("TEA-200")).containsExactly(2L, 0L, 0L);
  }

  @Test
  void b1WhatComesThirtyDaysAfterItsTimeIsTakenNoMore() {
    String id = twoTins();
    counter.later(Duration.ofDays(31));
    counter.sweep();
    assertThat(counter.now(id).body()).containsEntry("status", "expired");
    counter.later(Duration.ofDays(31));
    assertThat(counter.count(id, units(1, 1), ",\"accept_late\":true", "late").body()).containsEntry("code",
        "return_too_late");
    assertThat(counter.refunded()).isZero();
  }

  @Test
  void b2WhatTheCustomerDamagedIsRefundedNotAtAllByTheStandardPolicy() {
    String id = twoTins();
    counter.count(id, units(1, 2));
    counter.dispose(id, fate(1, 1, "restocked", "nobody") + "," + fate(1, 1, "not_restocked", "customer"));
    counter.rest();
    assertThat(counter.stock("TEA-200")).containsExactly(1L, 1L, 0L);
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
  }

  @Test
  void b2WhatTheCustomerDamagedIsRefundedByHalfIfThePolicySaysSo() {
    counter.policy("{\"rules\":[{\"outcome\":\"not_restocked\",\"fault\":\"customer\",\"refund_percent\":50}]}");
    String id = twoTins();
    counter.count(id, units(1, 2));
    counter.dispose(id, fate(1, 1, "restocked", "nobody") + "," + fate(1, 1, "not_restocked", "customer"));
    counter.rest();
    assertThat(counter.refunded()).as("17.91 + 8.96; 8.95 stays").isEqualTo(2687);
    assertThat(counter.stock("TEA-200")).containsExactly(1L, 1L, 0L);
  }

  @Test
  void b3AFeeForRestockingIsKeptOfWhatGoesBackWithItsTax() {
    counter.policy("{\"fee_percent\":15}");
    String id = twoTins();
    counter.count(id, units(1, 2));
    counter.dispose(id, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).as("35.82 - 5.37").isEqualTo(3045);
    Map<String, Object> adjustment = Json.object(((List<?>) counter.order().get("adjustments")).getFirst());
    assertThat(adjustment).containsEntry("type", "return").containsEntry("amount", -3045L)
        .containsEntry("taxes", -486L).containsEntry("status", "completed");
  }

  @Test
  void b9OneReceiptOneRefundAndOneMailHoweverOftenItIsReported() throws Exception {
    String id = twoTins();
    try (var people = Executors.newFixedThreadPool(2)) {
      Callable<Answer> count = () -> counter.count(id, units(1, 1), "", "same");
      for (var answer : people.invokeAll(List.of(count, count))) {
        assertThat(answer.get().status()).isEqualTo(201);
      }
      Callable<Answer> dispose = () -> counter.dispose(id, fate(1, 1, "restocked", "nobody"), "same");
      for (var answer : people.invokeAll(List.of(dispose, dispose))) {
        assertThat(answer.get().status()).isEqualTo(201);
      }
    }
    counter.rest();
    assertThat(counter.now(id).line(0)).containsEntry("received", 1L);
    assertThat((List<?>) counter.now(id).body().get("dispositions")).hasSize(1);
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.stock("TEA-200")).containsExactly(1L, 0L, 0L);
    assertThat(counter.sent(ReturnSettled.class)).hasSize(1);
    assertThat(counter.count(id, units(1, 2), "", "same").body()).containsEntry("code", "idempotency_key_reused");
  }

  @Test
  void b10OfTwoPaymentsTheOneWhoseProviderRefusesKeepsTheReturnOpenAndTheOtherIsRefundedOnce() {
    counter.refuseRefundsBy("pi_3QWaybillSample");
    counter.isDelivered();
    String id = counter.ask(units(1, 2) + "," + units(2, 1) + "," + units(3, 1)).id();
    counter.count(id, units(1, 2) + "," + units(2, 1) + "," + units(3, 1));
    counter.dispose(id, fate(1, 2, "restocked", "nobody") + "," + fate(2, 1, "restocked", "nobody") + ","
        + fate(3, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.granted()).singleElement()
        .satisfies(it -> assertThat(it.amount().minorUnits()).as("with shipping").isEqualTo(6072));
    assertThat(counter.now(id).body()).containsEntry("status", "disposed");
    assertThat(refunds(id)).extracting(it -> it.get("amount") + " " + it.get("status"))
        .contains("5572 failed").hasSize(2);
  }

  @Test
  void b10WhatAProviderWasAwayForIsAskedAgainUnderTheSameKeyAndRefundedOnce() {
    counter.isDelivered();
    String id = counter.ask(units(1, 2) + "," + units(2, 1) + "," + units(3, 1)).id();
    counter.count(id, units(1, 2) + "," + units(2, 1) + "," + units(3, 1));
    counter.lose("refund-payment");
    counter.dispose(id, fate(1, 2, "restocked", "nobody") + "," + fate(2, 1, "restocked", "nobody") + ","
        + fate(3, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isZero();
    assertThat(counter.now(id).body()).containsEntry("status", "disposed");
    counter.loseNothing();
    for (int i = 0; i < 3; i++) {
      counter.later(Duration.ofHours(1));
      counter.resendDueOrders();
    }
    assertThat(counter.sent(RefundRequested.class)).hasSize(1);
    assertThat(refunds(id)).extracting(it -> it.get("amount") + " " + it.get("status"))
        .contains("5572 succeeded").hasSize(2);
    assertThat(counter.refunded()).isEqualTo(5572);
  }

  @Test
  void b11WhatCommissionsFollowIsOneFactHoweverOftenItIsReported() {
    String id = twoTins();
    counter.count(id, units(1, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"), "same");
    counter.dispose(id, fate(1, 1, "restocked", "nobody"), "same");
    counter.rest();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.disposed()).singleElement().satisfies(it -> {
      assertThat(it.disposal()).isEqualTo(1);
      assertThat(it.refunds()).containsExactly(new RefundedUnits(new LineId("line_1"), 1, 100));
    });
    assertThat(counter.granted()).singleElement()
        .satisfies(it -> assertThat(it.amount().minorUnits()).as("of which 10 % are 1.79").isEqualTo(1791));
  }

  @Test
  void b16AKitThatComesBackInPartsIsItsPriceToTheCent() {
    counter.isDeliveredAsAKit();
    assertThat(counter.ask(units(1, 2)).errors()).contains("/lines/0/quantity too_much");
    long before = 0;
    for (int part = 1; part <= 3; part++) {
      String line = "{\"line_id\":\"line_1_%d\",\"quantity\":1%s}";
      String id = counter.ask(line.formatted(part, "")).id();
      counter.count(id, line.formatted(part, ""));
      counter.dispose(id, line.formatted(part, ",\"outcome\":\"restocked\""));
      counter.rest();
      assertThat(counter.refunded() - before).isBetween(3066L, 3067L);
      before = counter.refunded();
    }
    assertThat(counter.refunded()).isEqualTo(9200);
    assertThat(counter.stock("TEA-300")).containsExactly(1L, 0L, 0L);
  }

  private List<Map<String, Object>> refunds(String id) {
    Map<String, Object> disposition = Json.object(((List<?>) counter.now(id).body().get("dispositions")).getFirst());
    return ((List<?>) disposition.get("refunds")).stream().map(Json::object).toList();
  }

  @Test
  void b12WhatItsCarrierBringsBackIsAReturnThatNobodyAskedForAndItsShippingGoesBackToo() {
    counter.isReturnedToSender();
    Map<String, Object> opened = Json.object(((List<?>) counter.returns().get("data")).getFirst());
    assertThat((List<?>) counter.returns().get("data")).as("received twice").hasSize(1);
    assertThat(opened).containsEntry("source", "returned_to_sender").containsEntry("status", "approved")
        .containsEntry("parcel_id", Counter.PARCEL.value());
    String id = (String) opened.get("id");
    counter.count(id, units(1, 2) + "," + units(2, 1) + "," + units(3, 1));
    counter.dispose(id, fate(1, 2, "restocked", "carrier") + "," + fate(2, 1, "restocked", "carrier") + ","
        + fate(3, 1, "restocked", "carrier"));
    counter.rest();
    assertThat(counter.granted()).singleElement()
        .satisfies(it -> assertThat(it.amount().minorUnits()).as("50.82 + 9.90").isEqualTo(6072));
    assertThat(counter.stock("TEA-200")).containsExactly(2L, 0L, 0L);
    assertThat(counter.stock("MUG-BLUE")).containsExactly(2L, 0L, 0L);
  }

  @Test
  void b14AnExpiredLotIsNotForSaleAgainAndMayBeKeptAsDamaged() {
    counter = new Counter(it -> it.putAll(Map.of("lot_tracked", true, "expires", true)));
    assertThat(counter.adjust("TEA-200", """
        {"location_id":"leipzig","quantity":2,"reason":"received","lot":"L-1","expires_on":"2026-12-01"}""").status())
        .isEqualTo(201);
    String id = twoTins();
    counter.count(id, units(1, 2));
    counter.later(Duration.ofDays(12));
    String lot = "{\"line_id\":\"line_1\",\"quantity\":2,\"outcome\":\"%s\",\"lot\":\"L-1\"}";
    Answer refused = counter.dispose(id, lot.formatted("restocked"));
    assertThat(refused.errors()).containsExactly("/lines/0/lot expired");
    assertThat((String) refused.body().get("detail")).contains("2026-12-01");
    assertThat(counter.dispose(id, lot.formatted("not_restocked")).status()).isEqualTo(201);
    counter.rest();
    assertThat(counter.stock("TEA-200")).containsExactly(2L, 2L, 0L);
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void b15OnTheFifteenthDayOfFourteenItIsRefusedWithTheLastDayAndAPersonMayOverrule() {
    counter.isDelivered();
    counter.later(Duration.ofDays(15));
    Answer late = counter.ask(units(1, 1));
    assertThat(late.status()).isEqualTo(422);
    assertThat(late.body()).containsEntry("last_day", "2026-12-06");
    assertThat(late.errors()).containsExactly("/order_id window_over");
    Answer overruled = counter.ask(units(1, 1), ",\"override_reason\":\"was in hospital\"");
    assertThat(overruled.status()).isEqualTo(201);
    assertThat(Json.object(overruled.body().get("override"))).containsEntry("by", "op")
        .containsEntry("reason", "was in hospital");
  }

  @Test
  void b15TheMarketsWindowCounts() {
    counter.policy("{\"market_days\":[{\"country\":\"DE\",\"days\":30}]}");
    counter.isDelivered();
    counter.later(Duration.ofDays(29));
    assertThat(counter.ask(units(1, 1)).status()).isEqualTo(201);
  }

  private static final List<LineQuantity> TINS = List.of(SampleOrder.line(1, "TEA-200", 2));

  @Test
  void whatAnIncidentSendsAgainWhileItComesBackIsRestockedAndNotRefundedToo() {
    counter.isReturnedToSender();
    String id = (String) Json.object(((List<?>) counter.returns().get("data")).getFirst()).get("id");
    counter.askAgain("inc_1", List.of(SampleOrder.line(1, "TEA-200", 1)));
    counter.rest();
    counter.count(id, units(1, 2) + "," + units(2, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).as("the tin that is not sent again").isEqualTo(1791);
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).as("the one that is").isEqualTo(1791);
    counter.dispose(id, fate(2, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).as("with the mug").isEqualTo(3291);
  }

  @Test
  void whatIsRefundedAsItCameBackIsNotSentAgain() {
    counter.isDelivered();
    String id = counter.ask(units(1, 1)).id();
    counter.count(id, units(1, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.wouldAskAgain("inc_1", TINS)).isEqualTo("invalid_request");
    counter.askAgain("inc_1", List.of(SampleOrder.line(1, "TEA-200", 1)));
    counter.rest();
    assertThat((List<?>) counter.order().get("replacements")).as("the other tin").hasSize(1);
  }

  @Test
  void ofTwoUnitsOneIsExchangedAndTheOtherMayStillBeSentAgain() {
    counter.isDelivered();
    String id = counter.ask("{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{}}").id();
    counter.count(id, units(1, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    counter.askAgain("inc_1", List.of(SampleOrder.line(1, "TEA-200", 1)));
    counter.rest();
    assertThat((List<?>) counter.order().get("replacements")).hasSize(2);
    assertThat(counter.wouldAskAgain("inc_2", TINS)).isEqualTo("invalid_request");
  }

  @Test
  void theShippingIsNotRefundedIfAUnitWasSentAgainBeforeAllCameBack() {
    counter.isDelivered();
    String id = counter.ask(units(1, 2) + "," + units(2, 1) + "," + units(3, 1)).id();
    counter.askAgain("a person", List.of(Counter.line(1, "TEA-200", 1)));
    counter.count(id, units(1, 2) + "," + units(2, 1) + "," + units(3, 1));
    counter.dispose(id, fate(1, 2, "restocked", "nobody") + "," + fate(2, 1, "restocked", "nobody") + ","
        + fate(3, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.granted()).singleElement().satisfies(it -> assertThat(it.amount().minorUnits())
        .as("without the tin that was sent again, and without shipping").isEqualTo(6072 - 1791 - 990));
  }
}
