package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;
import static waybill.returns.Counter.wrong;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ClaimMessages.ClaimDenied;
import waybill.messages.ClaimMessages.ClaimOpened;
import waybill.messages.ClaimMessages.ClaimResolved;
import waybill.messages.ClaimMessages.ClaimedParcelFound;
import waybill.messages.ClaimMessages.SendBackAsked;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.IncidentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.platform.Json;
import waybill.returns.Counter.Answer;
import waybill.workbench.CapturedLog;

/** The acceptance cases B6, B7, B8 and B13 of claims, with their cents. Every message is received twice. */
class ClaimCasesTest {
  private final Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  private String claimed(String lines) {
    Answer made = counter.claim(lines);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.body()).containsEntry("status", "open");
    return made.id();
  }

  private static Map<String, Object> refund(Map<String, Object> claim) {
    return Json.object(Json.object(claim.get("resolution")).get("refund"));
  }

  @Test
  void b6WhatArrivedDamagedIsSentAgainForNothingAndNobodyIsAskedToSendItBack() {
    counter.isDelivered();
    String id = claimed(wrong(1, 1, "damaged"));
    assertThat(counter.decideClaim(id, "approve").body()).containsEntry("status", "approved");
    Answer resolved = counter.resolve(id, "{\"remedy\":\"replacement\"}");
    assertThat(resolved.body()).containsEntry("status", "resolved").containsEntry("return_id", null);
    counter.rest();
    assertThat(counter.sent(OrderPlaced.class)).last().satisfies(it -> {
      var placed = (OrderPlaced) it;
      assertThat(placed.order()).isEqualTo(OrderId.replacing(Counter.ORDER, id));
      assertThat(placed.items()).containsExactly(new SkuQuantity(new Sku("TEA-200"), 1));
    });
    assertThat(counter.order(OrderId.replacing(Counter.ORDER, id))).containsEntry("total", 0L);
    assertThat(counter.refunded()).isZero();
    assertThat(counter.sent(ClaimResolved.class)).singleElement()
        .satisfies(it -> assertThat(((ClaimResolved) it).replaced()).isTrue());
    assertThat(counter.sent(SendBackAsked.class)).isEmpty();
  }

  @Test
  void b7AnAmountIsRefundedBesideTheReplacementAndNeverMoreThanWasPaid() {
    counter.isDelivered();
    String id = claimed(wrong(1, 1, "damaged"));
    Answer tooMuch = counter.resolve(id, "{\"remedy\":\"refund_and_replacement\",\"amount\":1800}");
    assertThat(tooMuch.errors()).containsExactly("/amount too_much");
    assertThat(tooMuch.body()).containsEntry("maximum", 1791L);
    assertThat(counter.claimed(id)).containsEntry("status", "open");

    String both = "{\"remedy\":\"refund_and_replacement\",\"amount\":500}";
    assertThat(counter.resolve(id, both).status()).isEqualTo(200);
    assertThat(counter.resolve(id, both).status()).as("again").isEqualTo(200);
    assertThat(counter.resolve(id, "{\"remedy\":\"refund\"}").body()).containsEntry("code", "claim_resolved");
    assertThat(counter.sent(ClaimResolved.class)).as("not before the money is granted").isEmpty();
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(500);
    assertThat(refund(counter.claimed(id))).containsEntry("status", "granted").containsEntry("amount", 500L);
    assertThat(counter.sent(ReplacementAsked.class)).hasSize(1);
    assertThat(counter.sent(ClaimResolved.class)).singleElement()
        .satisfies(it -> assertThat(((ClaimResolved) it).amount().minorUnits()).isEqualTo(500));
  }

  @Test
  void b7WithoutAnAmountItsUnitsAreRefundedWhole() {
    counter.isDelivered();
    String id;
    try (CapturedLog log = CapturedLog.open()) {
      id = claimed(wrong(1, 2, "missing"));
      assertThat(log.measured("UnitsWrongAtCustomer")).as("what is missing is not wrong").isEmpty();
    }
    counter.resolve(id, "{\"remedy\":\"refund\"}");
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.sent(ReplacementAsked.class)).isEmpty();
  }

  @Test
  void whatTheBooksNeverHadOfWhatWasSentInsteadTheyDoNotLose() {
    counter.adjust("MUG-BLUE", "{\"location_id\":\"leipzig\",\"quantity\":1,\"reason\":\"received\"}");
    counter.isDelivered();
    String id;
    try (CapturedLog log = CapturedLog.open()) {
      id = claimed(wrong(1, 2, "wrong"));
      assertThat(log.measured("UnitsWrongAtCustomer")).extracting(it -> it.get("UnitsWrongAtCustomer"))
          .containsExactly(2L);
    }
    Answer resolved = counter.resolve(id, """
        {"remedy":"refund","location_id":"leipzig",
         "sent_instead":[{"line_id":"line_1","sku":"MUG-BLUE","quantity":2}]}""");
    assertThat(resolved.status()).as(resolved.body().toString()).isEqualTo(200);
    counter.rest();
    assertThat(counter.stock("MUG-BLUE")).as("two have left, and the books had one").containsExactly(0L, 0L, 0L);
    assertThat(counter.stock("TEA-200")).as("two are there that were said to have left").containsExactly(2L, 0L, 0L);

    counter.adjust("MUG-BLUE", "{\"location_id\":\"leipzig\",\"quantity\":5,\"reason\":\"received\"}");
    counter.resolve(id, """
        {"remedy":"refund","location_id":"leipzig",
         "sent_instead":[{"line_id":"line_1","sku":"MUG-BLUE","quantity":2}]}""");
    counter.rest();
    assertThat(counter.stock("MUG-BLUE")).as("what has come since is no part of it").containsExactly(5L, 0L, 0L);
  }

  @Test
  void b8WhatWasSentInsteadIsInTheBooksTooAndBothLedgersBalance() {
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      counter.adjust(sku, "{\"location_id\":\"leipzig\",\"quantity\":10,\"reason\":\"received\"}");
    }
    counter.isDelivered();
    String id = claimed(wrong(1, 1, "wrong"));
    Answer resolved = counter.resolve(id, """
        {"remedy":"replacement","location_id":"leipzig","send_back":true,
         "sent_instead":[{"line_id":"line_1","sku":"MUG-BLUE","quantity":1}]}""");
    assertThat(resolved.status()).as(resolved.body().toString()).isEqualTo(200);
    counter.rest();
    assertThat(counter.stock("MUG-BLUE")).as("a mug has left that no book says").containsExactly(9L, 0L, 0L);
    assertThat(counter.stock("TEA-200")).as("the tin that the books say has left has not").containsExactly(11L, 0L, 0L);
    assertThat(counter.sent(OrderPlaced.class)).last()
        .satisfies(
            it -> assertThat(((OrderPlaced) it).items()).containsExactly(new SkuQuantity(new Sku("TEA-200"), 1)));

    String back = (String) resolved.body().get("return_id");
    assertThat(counter.now(back).line(0)).containsEntry("sku", "MUG-BLUE").containsEntry("expected", 1L);
    assertThat(counter.sent(SendBackAsked.class)).hasSize(1);
    counter.count(back, units(1, 1));
    counter.dispose(back, fate(1, 1, "quarantined", "shop"));
    counter.rest();
    assertThat(counter.stock("MUG-BLUE")).as("of ten mugs one is looked at").containsExactly(9L, 0L, 1L);
    assertThat(counter.refunded()).as("it was never on that line").isZero();
    assertThat(counter.now(back).body()).containsEntry("status", "refunded");
    assertThat(counter.ask(units(1, 2)).errors()).as("the other tin may still come back")
        .containsExactly("/lines/0/quantity too_much");
    assertThat(counter.ask(units(1, 1)).status()).isEqualTo(201);
  }

  private String neverCame(String remedy) {
    counter.leaves();
    counter.skip();
    String id = claimed(wrong(1, 2, "never_arrived"));
    assertThat(counter.claimed(id)).containsEntry("parcel_id", Counter.PARCEL.value());
    counter.resolve(id, "{\"remedy\":\"%s\"}".formatted(remedy));
    counter.rest();
    assertThat(counter.decideClaim(id, "keep").body()).containsEntry("code", "nothing_to_choose");
    counter.later(Duration.ofDays(3));
    counter.arrives();
    assertThat(counter.claimed(id)).containsEntry("choices", List.of("keep", "pay", "return"));
    assertThat(counter.claimed(id).get("found_at")).isNotNull();
    assertThat(counter.sent(ClaimedParcelFound.class)).hasSize(1);
    return id;
  }

  @Test
  void aParcelThatNeverCameIsClaimedOnceThoughTheOtherHasUnitsOfItsLine() {
    String which = ",\"parcel_id\":\"%s\"".formatted(counter.leavesInTwo());
    Answer first = counter.claim(wrong(1, 1, "never_arrived"), which);
    assertThat(first.status()).as(first.body().toString()).isEqualTo(201);
    assertThat(counter.claim(wrong(1, 1, "never_arrived"), which).errors())
        .containsExactly("/lines/0/quantity too_much");
    assertThat(counter.decideClaim(first.id(), "deny").status()).isEqualTo(200);
    assertThat(counter.claim(wrong(1, 1, "never_arrived"), which).status()).as("free again").isEqualTo(201);
  }

  @Test
  void whatCameMayBeReturnedThoughTheOtherParcelsUnitsOfItsLineAreClaimed() {
    counter.claim(wrong(1, 1, "never_arrived"), ",\"parcel_id\":\"%s\"".formatted(counter.leavesInTwo()));
    assertThat(counter.ask(units(1, 2)).errors()).containsExactly("/lines/0/quantity too_much");
    assertThat((List<?>) counter.returns().get("returnable")).first()
        .isEqualTo(Map.of("line_id", "line_1", "quantity", 1L));
    assertThat(counter.ask(units(1, 1)).status()).isEqualTo(201);
    assertThat(counter.ask(units(1, 1)).errors()).containsExactly("/lines/0/quantity too_much");
  }

  @Test
  void aParcelThatWasRefundedAsItNeverCameComesBackWithoutMoneyThoughUnitsOfItsLineAreFree() {
    ParcelId tin = counter.leavesInTwo();
    String id = counter.claim(wrong(1, 1, "never_arrived"), ",\"parcel_id\":\"%s\"".formatted(tin)).id();
    counter.resolve(id, "{\"remedy\":\"refund\"}");
    counter.rest();
    counter.comesBack(tin);
    assertThat((List<?>) counter.returns().get("data")).singleElement()
        .satisfies(it -> assertThat(Json.object(it)).containsEntry("source", "compensated"));
  }

  @Test
  void whatAnIncidentOfAParcelHasMadeGoodIsNotClaimedThoughUnitsOfItsLineAreFree() {
    ParcelId tin = counter.leavesInTwo();
    counter.askAgain(IncidentId.of(tin, 1).value(), List.of(Counter.line(1, "TEA-200", 1)));
    counter.rest();
    assertThat(counter.claim(wrong(1, 1, "never_arrived"), ",\"parcel_id\":\"%s\"".formatted(tin)).errors())
        .containsExactly("/lines/0/quantity too_much");
    counter.comesBack(tin);
    assertThat((List<?>) counter.returns().get("data")).singleElement()
        .satisfies(it -> assertThat(Json.object(it)).containsEntry("source", "compensated"));
  }

  @Test
  void b13WhoPaysForWhatWasReplacedAndCameAfterAllOwesItsWorthAndIsNotChargedByItself() {
    String id = neverCame("replacement");
    Map<String, Object> paid = counter.decideClaim(id, "pay").body();
    assertThat(Json.object(paid.get("choice"))).containsEntry("choice", "pay").containsEntry("due", 3582L);
    assertThat(counter.decideClaim(id, "pay").status()).isEqualTo(200);
    assertThat(counter.decideClaim(id, "return").body()).containsEntry("code", "chosen_before");
    assertThat(counter.refunded()).isZero();
  }

  @Test
  void b13WhoPaysForWhatWasRefundedOwesWhatWasRefunded() {
    String id = neverCame("refund");
    assertThat(Json.object(counter.decideClaim(id, "pay").body().get("choice"))).containsEntry("due", 3582L);
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void b13WhatCameAfterAllMayBeKeptAndOwesNothing() {
    String id = neverCame("refund");
    assertThat(Json.object(counter.decideClaim(id, "keep").body().get("choice"))).containsEntry("due", null);
  }

  @Test
  void b13WhatCameAfterAllIsReturnedWithoutASecondRefund() {
    String id = neverCame("refund");
    Answer chosen = counter.decideClaim(id, "return");
    String back = (String) chosen.body().get("return_id");
    assertThat(counter.now(back).body()).containsEntry("source", "compensated").containsEntry("status", "approved");
    counter.count(back, units(1, 2));
    assertThat(counter.dispose(back, "{\"line_id\":\"line_1\",\"quantity\":2,\"outcome\":\"restocked\","
        + "\"override\":{\"refund_percent\":100,\"reason\":\"no\"}}").errors())
        .containsExactly("/lines/0/override not_allowed");
    counter.dispose(back, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.stock("TEA-200")).containsExactly(2L, 0L, 0L);
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.sent(SendBackAsked.class)).hasSize(1);
  }

  @Test
  void b13WhatIsFoundBeforeAnybodyDecidedIsDeniedAndNotMadeGood() {
    counter.leaves();
    String id = claimed(wrong(1, 2, "never_arrived"));
    counter.arrives();
    assertThat(counter.claimed(id)).containsEntry("choices", List.of());
    assertThat(counter.sent(ClaimedParcelFound.class)).isEmpty();
    assertThat(counter.resolve(id, "{\"remedy\":\"refund\"}").body()).containsEntry("code", "parcel_found");
    assertThat(counter.decideClaim(id, "deny").body()).containsEntry("status", "denied");
    assertThat(counter.sent(ClaimDenied.class)).hasSize(1);
    assertThat(counter.ask(units(1, 2)).status()).as("free again").isEqualTo(201);
  }

  @Test
  void whatItsCarrierSaysItDeliveredMayHaveNeverArrivedAndTheSameNewsFlagsNothing() {
    counter.isDelivered();
    String id = claimed(wrong(1, 1, "never_arrived"));
    counter.arrives();
    assertThat(counter.claimed(id)).containsEntry("found_at", null);
    assertThat(counter.resolve(id, "{\"remedy\":\"replacement\"}").status()).isEqualTo(200);
    assertThat(counter.sent(ClaimOpened.class)).hasSize(1);
  }

  @Test
  void aParcelThatAnIncidentHasMadeGoodIsNotMadeGoodByAClaimToo() {
    counter.isDelivered();
    counter.askAgain("inc_1", List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2)));
    counter.rest();
    assertThat(counter.claim(wrong(1, 1, "damaged")).errors()).containsExactly("/lines/0/quantity too_much");
    assertThat(counter.ask(units(1, 1)).errors()).containsExactly("/lines/0/quantity too_much");
    assertThat(counter.claim(wrong(2, 1, "damaged")).status()).isEqualTo(201);
  }

  @Test
  void aClaimThatAnIncidentWasFasterThanIsRefusedAndStaysOpen() {
    counter.isDelivered();
    String id = claimed(wrong(1, 2, "damaged"));
    counter.askAgain("inc_1", List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2)));
    counter.rest();
    assertThat(counter.resolve(id, "{\"remedy\":\"refund\"}").body()).containsEntry("code", "replaced_before");
    assertThat(counter.resolve(id, "{\"remedy\":\"replacement\"}").errors()).containsExactly("/lines too_much");
    assertThat(counter.claimed(id)).containsEntry("status", "open");
    assertThat(counter.refunded()).isZero();
  }

  @Test
  void whatAClaimHasRefundedAnIncidentDoesNotSendAgain() {
    counter.isDelivered();
    String id = claimed(wrong(1, 2, "damaged"));
    counter.resolve(id, "{\"remedy\":\"refund\"}");
    counter.rest();
    assertThat(counter.wouldAskAgain("inc_1", List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 1))))
        .isEqualTo("invalid_request");
  }

  @Test
  void ofARefundByAnIncidentAndAReplacementByAClaimAtOnceOneStandsAndTheOtherIsDecidedAgain() {
    counter.isDelivered();
    String id = claimed(wrong(1, 2, "damaged"));
    assertThat(counter.resolve(id, "{\"remedy\":\"refund\"}").status()).isEqualTo(200);
    counter.askAgain("inc_1", List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2)));
    counter.rest();
    assertThat(counter.refunded()).isZero();
    assertThat(counter.claimed(id)).containsEntry("status", "approved");
    assertThat(refund(counter.claimed(id))).containsEntry("status", "refused");
    assertThat(counter.decideClaim(id, "deny").body()).containsEntry("status", "denied");
  }

  @Test
  void aParcelThatItsCarrierBringsBackAfterItWasMadeGoodIsRestockedAndRefundedNoSecondTime() {
    counter.leaves();
    counter.skip();
    String id = claimed(wrong(1, 2, "never_arrived"));
    counter.resolve(id, "{\"remedy\":\"refund\"}");
    counter.rest();
    counter.comesBack();
    List<Map<String, Object>> opened = ((List<?>) counter.returns().get("data")).stream().map(Json::object).toList();
    assertThat(opened).extracting(it -> it.get("source"))
        .containsExactly("returned_to_sender", "compensated");
    String tea = (String) opened.get(1).get("id");
    assertThat(counter.now(tea).line(0)).containsEntry("line_id", "line_1").containsEntry("expected", 2L);
    counter.count(tea, units(1, 2));
    counter.dispose(tea, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.stock("TEA-200")).containsExactly(2L, 0L, 0L);
    assertThat(counter.refunded()).isEqualTo(3582);
    String mugs = (String) opened.getFirst().get("id");
    counter.count(mugs, units(2, 1) + "," + units(3, 1));
    counter.dispose(mugs, fate(2, 1, "restocked", "nobody") + "," + fate(3, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).as("35.82 + 15.00").isEqualTo(5082);
  }

  @Test
  void aClaimWhoseParcelHasComeBackIsNotDeniedAsNoMoneyWouldGoBackAndIsRefunded() {
    counter.leaves();
    String id = claimed(wrong(1, 2, "never_arrived"));
    counter.comesBack();
    assertThat(counter.now(backOf("compensated")).line(0)).containsEntry("quantity", 2L);
    assertThat(counter.decideClaim(id, "deny").body()).containsEntry("code", "parcel_came_back");
    assertThat(counter.claimed(id)).containsEntry("status", "open");
    counter.resolve(id, "{\"remedy\":\"refund\"}");
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void aClaimThatIsDeniedBeforeItsParcelComesBackLeavesTheMoneyToItsReturn() {
    counter.leaves();
    String id = claimed(wrong(1, 2, "never_arrived"));
    assertThat(counter.decideClaim(id, "deny").status()).isEqualTo(200);
    counter.comesBack();
    String back = backOf("returned_to_sender");
    counter.count(back, units(1, 2));
    counter.dispose(back, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void aClaimOfWhatCameIsDeniedThoughAnIncidentsParcelWithUnitsOfItsLineHasComeBack() {
    ParcelId tin = counter.leavesInTwo();
    String damaged = claimed(wrong(1, 1, "damaged"));
    counter.askAgain("inc_" + tin, List.of(Counter.line(1, "TEA-200", 1)));
    counter.comesBack(tin);
    assertThat(counter.now(backOf("compensated")).line(0)).containsEntry("quantity", 1L);
    assertThat(counter.decideClaim(damaged, "deny").status()).isEqualTo(200);
  }

  private String backOf(String source) {
    return ((List<?>) counter.returns().get("data")).stream().map(Json::object)
        .filter(it -> it.get("source").equals(source)).map(it -> (String) it.get("id")).findFirst().orElseThrow();
  }

  @Test
  void whatWasLostOnTheWayIsSentAgainByTheSweepAndDoneOnce() {
    counter.isDelivered();
    String id = claimed(wrong(1, 1, "damaged"));
    for (String queue : List.of("grant-refund", "place-replacement")) {
      counter.lose(queue);
    }
    counter.resolve(id, "{\"remedy\":\"refund_and_replacement\"}");
    counter.rest();
    assertThat(counter.refunded()).isZero();
    counter.loseNothing();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(refund(counter.claimed(id))).containsEntry("status", "granted");
    assertThat(((List<?>) counter.order().get("replacements"))).hasSize(1);
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    counter.later(Duration.ofMinutes(2));
    int before = counter.bench.sent().size();
    counter.sweep();
    assertThat(counter.bench.sent()).as("it was looked after").hasSize(before);
    assertThat(counter.refunded()).isEqualTo(1791);
  }

  @Test
  void anAnswerThatIsLateReopensNoLaterAsking() {
    counter.isDelivered();
    String id = claimed(wrong(1, 1, "damaged"));
    counter.resolve(id, "{\"remedy\":\"refund\"}");
    var refused = new RefundAnswered(Counter.ORDER, id, 1, null, "no");
    counter.receive(new FollowClaimsHandler(counter.bench.ports()), refused);
    assertThat(counter.claimed(id)).containsEntry("status", "approved");
    assertThat(counter.resolve(id, "{\"remedy\":\"replacement\"}").body()).containsEntry("status", "resolved");
    counter.receive(new FollowClaimsHandler(counter.bench.ports()), refused);
    assertThat(counter.claimed(id)).containsEntry("status", "resolved");
  }

  @Test
  void badClaimsAreRefusedByFieldAndRuleAndChangeNothing() {
    counter.isDelivered();
    assertThat(
        counter.claim(wrong(1, 3, "damaged") + "," + wrong(1, 1, "damaged") + "," + wrong(9, 1, "missing")).errors())
        .containsExactly("/lines/0/quantity too_much", "/lines/1/line_id repeated", "/lines/2/line_id unknown");
    assertThat(counter.claim(wrong(1, 1, "never_arrived") + "," + wrong(2, 1, "damaged")).errors())
        .containsExactly("/lines/1/reason mixed");
    assertThat(counter.claim(wrong(1, 1, "damaged"), ",\"parcel_id\":\"%s\"".formatted(Counter.PARCEL)).errors())
        .containsExactly("/parcel_id not_allowed");
    String id = claimed(wrong(1, 1, "wrong"));
    assertThat(counter.resolve(id, "{\"remedy\":\"replacement\",\"amount\":1}").errors())
        .containsExactly("/amount not_allowed");
    assertThat(counter.resolve(id, "{\"remedy\":\"replacement\",\"send_back\":true}").errors())
        .containsExactly("/send_back not_allowed");
    assertThat(counter.resolve(id, """
        {"remedy":"replacement","sent_instead":[{"line_id":"line_1","sku":"TEA-200","quantity":1}]}""").errors())
        .containsExactly("/location_id required", "/sent_instead/0/sku same");
    assertThat(counter.resolve(id,
        """
            {"remedy":"replacement","location_id":"leipzig","sent_instead":[{"line_id":"line_2","sku":"NONE","quantity":1}]}""")
        .errors()).containsExactly("/sent_instead/0/sku unknown");
    assertThat(counter.claimed(id)).containsEntry("status", "open").containsEntry("resolution", null);
    assertThat(counter.refunded()).isZero();
  }
}
