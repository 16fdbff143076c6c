package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.messages.Message;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.ParcelId;
import waybill.messages.ReturnId;
import waybill.messages.ReturnLabelMessages.ReturnLabelAsked;
import waybill.messages.ReturnLabelMessages.ReturnLabelReady;
import waybill.messages.ReturnLabelMessages.ReturnLabelUnwanted;
import waybill.messages.ReturnLabelMessages.ReturnUnlabelled;
import waybill.messages.ShipmentStatus;
import waybill.returns.Counter.Answer;

/** The shop pays the way back: the label is asked for, mailed and followed, withdrawn if it is not used, and what is lost is refunded. */
class ReturnLabelsTest {
  private static final String ALWAYS = "{\"labels\":\"always\",\"label_days\":10,\"return_to\":\"leipzig\"}";
  private static final String BUY = "{\"decision\":\"buy\"}";
  private final Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  private static ParcelId parcel(String id, int number) {
    return ParcelId.of(new ReturnId(id), number);
  }

  private static ParcelId parcel(String id) {
    return parcel(id, 1);
  }

  private String asked(String policy) {
    assertThat(counter.policy(policy).status()).isIn(200, 201);
    counter.isDelivered();
    return counter.ask(units(1, 2)).id();
  }

  private String labelled() {
    String id = asked(ALWAYS);
    counter.isLabelled(parcel(id));
    return id;
  }

  private <T extends Message> List<T> sent(Class<T> kind) {
    return counter.sent(kind).stream().map(kind::cast).toList();
  }

  private List<EventType> events() {
    return sent(OrderChanged.class).stream().map(OrderChanged::event).distinct().toList();
  }

  private String status(String id) {
    return (String) counter.label(id).get("status");
  }

  @Test
  void whatAPolicyPaysIsAskedForAndMailedOnce() {
    String id = labelled();
    assertThat(sent(ReturnLabelAsked.class)).singleElement().satisfies(it -> {
      assertThat(it.parcel()).isEqualTo(parcel(id));
      assertThat(it.location()).isEqualTo(SampleOrder.LEIPZIG);
      assertThat(it.lines()).containsExactly(SampleOrder.line(1, "TEA-200", 2));
    });
    assertThat(sent(ReturnLabelReady.class)).singleElement().satisfies(it -> {
      assertThat(it.carrier()).isEqualTo("UPS");
      assertThat(it.unusedUntil()).isEqualTo(it.at().plus(Duration.ofDays(10)));
    });
    assertThat(counter.label(id)).containsEntry("status", "ready").containsEntry("tracking_number", "1Z1")
        .containsEntry("parcel_id", parcel(id).value());
    assertThat((String) counter.label(id).get("url")).startsWith("http").endsWith("/return-labels/" + parcel(id));
    assertThat(events()).contains(EventType.RETURN_LABELLED);
  }

  @Test
  void thePolicyPaysForFaultsOnlyOrForNothing() {
    counter.policy("{\"labels\":\"faults\"}");
    counter.isDelivered();
    assertThat(counter.ask("{\"line_id\":\"line_1\",\"quantity\":1,\"reason\":\"unwanted\"}").body())
        .containsEntry("label", null);
    String broken = counter.ask("{\"line_id\":\"line_1\",\"quantity\":1,\"reason\":\"defective\"}").id();
    assertThat(status(broken)).isEqualTo("requested");
    counter.policy("{}");
    assertThat(counter.ask(units(2, 1)).body()).containsEntry("label", null);
    assertThat(sent(ReturnLabelAsked.class)).hasSize(1);
  }

  @Test
  void onlyWhatIsApprovedHasALabel() {
    counter.policy("{\"labels\":\"always\",\"approves\":false}");
    counter.isDelivered();
    String id = counter.askAs("de-web/c_881", units(1, 1), "").id();
    assertThat(counter.label(id, BUY).body()).containsEntry("code", "return_not_approved");
    assertThat(sent(ReturnLabelAsked.class)).isEmpty();
    counter.decide(id, "approve");
    assertThat(sent(ReturnLabelAsked.class)).hasSize(1);
  }

  @Test
  void aPersonHasTheShopPayWhateverThePolicySays() {
    String id = asked("{}");
    Answer bought = counter.label(id, "{\"decision\":\"buy\",\"reason\":\"our fault\",\"weight_grams\":700}");
    assertThat(bought.status()).as(bought.body().toString()).isEqualTo(200);
    assertThat(counter.label(id, BUY).status()).isEqualTo(200);
    assertThat(sent(ReturnLabelAsked.class)).singleElement()
        .satisfies(it -> assertThat(it.box().weightGrams()).isEqualTo(700));
    assertThat(counter.label(id)).containsEntry("status", "requested");
  }

  @Test
  void whatIsAskedForInAnotherFormIsRefusedAndChangesNothing() {
    String id = asked("{}");
    assertThat(counter.label(id, "{}").errors()).containsExactly("/decision required");
    assertThat(counter.label(id, "{\"decision\":\"buy\",\"weight_grams\":0}").errors())
        .containsExactly("/weight_grams out_of_range");
    assertThat(counter.label(id, "{\"decision\":\"buy\",\"location_id\":\"nowhere\"}").errors())
        .containsExactly("/location_id unknown");
    assertThat(counter.label(id, "{\"decision\":\"void\",\"weight_grams\":9}").errors())
        .containsExactly("/decision not_allowed");
    assertThat(counter.label(id, "{\"decision\":\"void\"}").body()).containsEntry("code", "no_label");
    assertThat(counter.policy("{\"labels\":\"always\",\"return_to\":\"nowhere\"}").errors())
        .containsExactly("/return_to unknown");
    assertThat(counter.now(id).body()).containsEntry("label", null);
  }

  @Test
  void whatItsCarrierBringsBackNeedsNone() {
    counter.policy(ALWAYS);
    counter.isReturnedToSender();
    String id = ReturnId.of(SampleOrder.ORDER, 1).value();
    assertThat(counter.now(id).body()).containsEntry("label", null);
    assertThat(counter.label(id, BUY).body()).containsEntry("code", "brought_by_carrier");
  }

  @Test
  void aLabelThatCouldNotBeBoughtIsTriedAgainAndReportedUntilThen() {
    String id = asked(ALWAYS);
    counter.hear(new ReturnUnlabelled(SampleOrder.ORDER, parcel(id), false, "takes at most 500 g",
        counter.bench.clock().instant()));
    assertThat(counter.label(id)).containsEntry("status", "refused").containsEntry("detail", "takes at most 500 g");
    counter.later(Duration.ofDays(4));
    counter.sweep();
    assertThat(counter.label(id)).containsEntry("status", "refused");
    assertThat(counter.label(id, BUY).status()).isEqualTo(200);
    assertThat(sent(ReturnLabelAsked.class)).hasSize(2).extracting(ReturnLabelAsked::parcel).containsOnly(parcel(id));
    counter.isLabelled(parcel(id));
    assertThat(counter.label(id)).containsEntry("status", "ready").containsEntry("detail", null);
  }

  @Test
  void aScanMovesItForwardOnlyAndADeliveryIsNoReceipt() {
    String id = labelled();
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    assertThat(status(id)).isEqualTo("in_transit");
    assertThat(counter.label(id)).containsEntry("url", null);
    counter.later(Duration.ofDays(2));
    counter.moves(parcel(id), ShipmentStatus.DELIVERED, false);
    counter.bench.clock().advance(Duration.ofDays(-1));
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    counter.bench.clock().advance(Duration.ofDays(1));
    assertThat(status(id)).isEqualTo("delivered");
    assertThat(counter.now(id).body()).containsEntry("status", "approved");
    assertThat(counter.refunded()).isZero();
    assertThat(events()).contains(EventType.RETURN_IN_TRANSIT).doesNotContain(EventType.RETURN_RECEIVED);

    counter.count(id, units(1, 2));
    counter.dispose(id, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
  }

  @Test
  void whatLeftInTimeDoesNotExpireWhileItsCarrierHasIt() {
    String id = labelled();
    counter.later(Duration.ofDays(8));
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    counter.later(Duration.ofDays(23));
    counter.sweep();
    assertThat(counter.now(id).body()).containsEntry("status", "approved");
    counter.later(Duration.ofDays(8));
    counter.sweep();
    assertThat(counter.now(id).body()).containsEntry("status", "expired");
  }

  @Test
  void theCustomersPageLeadsToTheLabel() {
    String id = labelled();
    assertThat(new Browser(counter, "en").opens().body()).contains(
        "<a href=\"" + counter.label(id).get("url") + "\" rel=\"noreferrer\">Print the label of UPS");
  }

  @Test
  void aLabelThatIsNotUsedInItsTimeIsWithdrawn() {
    String id = labelled();
    counter.later(Duration.ofDays(9));
    counter.sweep();
    assertThat(status(id)).isEqualTo("ready");
    counter.later(Duration.ofDays(1));
    counter.sweep();
    counter.sweep();
    assertThat(status(id)).isEqualTo("voiding");
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(sent(ReturnLabelUnwanted.class)).singleElement()
        .satisfies(it -> assertThat(it.parcel()).isEqualTo(parcel(id)));
    counter.isWithdrawn(parcel(id), true);
    assertThat(status(id)).isEqualTo("void");
    assertThat(counter.now(id).body()).as("it may still come").containsEntry("status", "approved");

    counter.label(id, BUY);
    counter.isLabelled(parcel(id, 2));
    assertThat(counter.label(id)).containsEntry("status", "ready").containsEntry("parcel_id", parcel(id, 2).value());
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    assertThat(status(id)).as("news of the label that is void").isEqualTo("ready");
  }

  @Test
  void aReturnThatIsCancelledOrExpiredWithdrawsItsLabel() {
    String id = labelled();
    counter.decide(id, "cancel");
    assertThat(sent(ReturnLabelUnwanted.class)).hasSize(1);
    counter.policy("{\"labels\":\"always\",\"label_days\":90}");
    String other = counter.ask(units(1, 1)).id();
    counter.isLabelled(parcel(other));
    counter.later(Duration.ofDays(31));
    counter.sweep();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(counter.now(other).body()).containsEntry("status", "expired");
    assertThat(sent(ReturnLabelUnwanted.class)).hasSize(2);
    assertThat(counter.label(other, BUY).body()).containsEntry("code", "nothing_expected");
  }

  @Test
  void aLabelThatIsBoughtAfterItsReturnWasCancelledIsWithdrawnAndNotMailed() {
    String id = asked(ALWAYS);
    counter.decide(id, "cancel");
    counter.isWithdrawn(parcel(id), false);
    counter.skip();
    counter.isLabelled(parcel(id));
    assertThat(status(id)).isEqualTo("voiding");
    assertThat(sent(ReturnLabelReady.class)).isEmpty();
    assertThat(counter.bench.sent()).last().satisfies(
        it -> assertThat(it.message()).isEqualTo(new ReturnLabelUnwanted(SampleOrder.ORDER, parcel(id))));
  }

  @Test
  void aLabelThatItsCarrierDoesNotTakeBackStaysWithItsCustomerUntilTheReturnEnds() {
    String id = labelled();
    counter.later(Duration.ofDays(10));
    counter.sweep();
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    counter.isWithdrawn(parcel(id), false);
    assertThat(counter.label(id)).containsEntry("status", "ready").containsEntry("unused_until", null);
    assertThat((String) counter.label(id).get("url")).endsWith("/return-labels/" + parcel(id));
    assertThat(new Browser(counter, "en").opens().body()).contains("Print the label of UPS");
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(status(id)).as("it is not withdrawn again and again").isEqualTo("ready");
    counter.decide(id, "cancel");
    counter.isWithdrawn(parcel(id), false);
    assertThat(counter.label(id)).containsEntry("url", null);
  }

  @Test
  void aLabelThatIsUsedAfterAllStands() {
    String id = labelled();
    counter.label(id, "{\"decision\":\"void\"}");
    assertThat(status(id)).isEqualTo("voiding");
    assertThat(counter.label(id, BUY).body()).containsEntry("code", "label_voiding");
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    counter.isWithdrawn(parcel(id), false);
    assertThat(status(id)).isEqualTo("in_transit");
    assertThat(counter.label(id, BUY).body()).containsEntry("code", "label_used");
    assertThat(counter.label(id, "{\"decision\":\"void\"}").body()).containsEntry("code", "label_used");
  }

  @Test
  void whatItsCarrierLosesIsRefundedOnceAllTheSame() {
    String id = labelled();
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    counter.later(Duration.ofDays(3));
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    assertThat(status(id)).isEqualTo("lost");
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    assertThat(counter.now(id).line(0)).containsEntry("missing", 2L);
    assertThat(counter.stock("TEA-200")).containsExactly(0L, 0L, 0L);
    assertThat(events()).contains(EventType.RETURN_LOST);
  }

  @Test
  void whatCameBeforeTheRestWasLostIsNotRefundedTwice() {
    String id = labelled();
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    counter.count(id, units(1, 1));
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    assertThat(counter.refunded()).isEqualTo(1791);
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void aPolicyThatRefundsNothingOfWhatIsLostLeavesItToAPerson() {
    String id = asked("{\"labels\":\"always\",\"rules\":[{\"outcome\":\"missing\",\"refund_percent\":0}]}");
    counter.isLabelled(parcel(id));
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    assertThat(counter.refunded()).isZero();
    OrderReturns now = ReturnsTable.returns(counter.bench.ports()).find(ReturnsTable.key(SampleOrder.ORDER))
        .orElseThrow().value();
    assertThat(Waiting.of(now).map(Waiting::kind)).containsExactly(Waiting.Kind.LOST);
    counter.dispose(id, "{\"line_id\":\"line_1\",\"quantity\":2,\"outcome\":\"missing\",\"fault\":\"carrier\","
        + "\"override\":{\"refund_percent\":100,\"reason\":\"kind\"}}");
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  private List<String> waiting() {
    return Waiting.of(ReturnsTable.returns(counter.bench.ports()).find(ReturnsTable.key(SampleOrder.ORDER))
        .orElseThrow().value()).map(it -> it.kind().toString()).toList();
  }

  /** It left in time, and its carrier is silent until its time is over. */
  private String expiredUnderway(String policy) {
    String id = asked(policy);
    counter.isLabelled(parcel(id));
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    counter.later(Duration.ofDays(31));
    counter.sweep();
    assertThat(counter.now(id).body()).containsEntry("status", "expired");
    return id;
  }

  @Test
  void whatItsCarrierLosesAfterItsTimeIsRefundedOnceTooAsItLeftInTime() {
    String id = expiredUnderway(ALWAYS);
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    assertThat(counter.ask(units(1, 1)).errors()).containsExactly("/lines/0/quantity too_much");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void unitsThatAreAskedForAnewAreNotRefundedAsLostToo() {
    String id = expiredUnderway(ALWAYS);
    counter.later(Duration.ofMinutes(1));
    String anew = counter.ask(units(1, 1), ",\"override_reason\":\"found\"").id();
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    assertThat(counter.refunded()).as("one of two").isEqualTo(1791);
    counter.count(anew, units(1, 1));
    counter.dispose(anew, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void whatIsLostAfterItsTimeAndNotRefundedByThePolicyWaitsForAPerson() {
    String id = expiredUnderway("{\"labels\":\"always\",\"rules\":[{\"outcome\":\"missing\",\"refund_percent\":0}]}");
    String missing = "{\"line_id\":\"line_1\",\"quantity\":2,\"outcome\":\"missing\",\"fault\":\"carrier\","
        + "\"override\":{\"refund_percent\":100,\"reason\":\"kind\"}}";
    assertThat(counter.dispose(id, missing).errors()).as("it may still come")
        .containsExactly("/lines/0/quantity too_much");
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    assertThat(counter.refunded()).isZero();
    assertThat(waiting()).containsExactly("lost");
    assertThat(counter.dispose(id, missing).status()).isEqualTo(201);
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void aReturnWhoseParcelIsUnderwayIsNotCancelledAndIsCountedWhenItComes() {
    String id = labelled();
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    assertThat(counter.decide(id, "cancel").body()).containsEntry("code", "return_underway");
    counter.later(Duration.ofDays(2));
    counter.moves(parcel(id), ShipmentStatus.DELIVERED, false);
    assertThat(counter.decide(id, "cancel").body()).containsEntry("code", "return_underway");
    assertThat(counter.count(id, units(1, 2)).status()).isEqualTo(201);
    counter.dispose(id, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void whatItsCarrierBringsBackToTheCustomerMayBeCancelled() {
    String id = labelled();
    counter.moves(parcel(id), ShipmentStatus.RETURNED, false);
    assertThat(counter.decide(id, "cancel").status()).isEqualTo(200);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void aParcelThatIsSeenAfterItsReturnWasCancelledIsReportedUntilItIsAskedForAnew() {
    String id = labelled();
    counter.decide(id, "cancel");
    counter.isWithdrawn(parcel(id), true);
    assertThat(waiting()).isEmpty();
    counter.later(Duration.ofDays(1));
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    assertThat(status(id)).as("its label is void, and it travels all the same").isEqualTo("in_transit");
    assertThat(waiting()).containsExactly("unwanted");
    assertThat(counter.count(id, units(1, 2)).body()).containsEntry("code", "return_ended");
    String anew = counter.ask(units(1, 2)).id();
    assertThat(waiting()).doesNotContain("unwanted");
    counter.count(anew, units(1, 2));
    counter.dispose(anew, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void aLabelThatIsVoidAndUsedAllTheSameIsNotBoughtAgain() {
    String id = labelled();
    counter.label(id, "{\"decision\":\"void\"}");
    counter.isWithdrawn(parcel(id), true);
    assertThat(status(id)).isEqualTo("void");
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    assertThat(status(id)).isEqualTo("in_transit");
    assertThat(counter.label(id, BUY).body()).containsEntry("code", "label_used");
    counter.later(Duration.ofDays(29));
    counter.sweep();
    assertThat(counter.now(id).body()).as("it is underway").containsEntry("status", "approved");
  }

  @Test
  void whatMayHaveBeenBoughtForAReturnThatHasEndedIsReportedUntilItsCarrierKnows() {
    String id = asked(ALWAYS);
    counter.hear(
        new ReturnUnlabelled(SampleOrder.ORDER, parcel(id), true, "nobody knows", counter.bench.clock().instant()));
    counter.decide(id, "cancel");
    counter.isWithdrawn(parcel(id), false);
    assertThat(waiting()).containsExactly("label");
    assertThat(counter.label(id, "{\"decision\":\"void\"}").status()).isEqualTo(200);
    assertThat(sent(ReturnLabelUnwanted.class)).hasSizeGreaterThan(0);
    counter.isWithdrawn(parcel(id), true);
    assertThat(waiting()).isEmpty();
    String other = counter.ask(units(1, 1)).id();
    counter.hear(
        new ReturnUnlabelled(SampleOrder.ORDER, parcel(other), true, "nobody knows", counter.bench.clock().instant()));
    counter.later(Duration.ofDays(31));
    counter.sweep();
    assertThat(counter.now(other).body()).containsEntry("status", "expired");
    counter.isWithdrawn(parcel(other), false);
    assertThat(waiting()).containsExactly("label");
  }

  @Test
  void whatIsSentInAdvanceMayWaitForTheFirstScan() {
    counter.policy(ALWAYS);
    counter.product("OOLONG", _ -> {});
    counter.isDelivered();
    String line = "{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{\"sku\":\"OOLONG\"}}";
    assertThat(counter.ask(line, ",\"on_first_scan\":true").errors()).containsExactly("/on_first_scan not_allowed");
    String id = counter.ask(line, ",\"in_advance\":true,\"on_first_scan\":true").id();
    counter.isLabelled(parcel(id));
    counter.rest();
    assertThat(sent(ReplacementAsked.class)).isEmpty();
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    assertThat(sent(ReplacementAsked.class)).hasSize(1);
    counter.count(id, units(1, 1));
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(sent(ReplacementAsked.class)).as("once").hasSize(1);
    assertThat(counter.refunded()).isZero();
  }

  @Test
  void whatIsSentInAdvanceAndWasNeverScannedIsSentOnceTheUnitsAreCounted() {
    counter.product("OOLONG", _ -> {});
    counter.isDelivered();
    String id = counter.ask("{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{\"sku\":\"OOLONG\"}}",
        ",\"in_advance\":true,\"on_first_scan\":true").id();
    counter.rest();
    assertThat(sent(ReplacementAsked.class)).isEmpty();
    counter.count(id, units(1, 1));
    counter.rest();
    assertThat(sent(ReplacementAsked.class)).hasSize(1);
  }

  @Test
  void aLateScanSendsNothingInAdvanceOfUnitsThatWereAskedForAnew() {
    counter.policy(ALWAYS);
    counter.isDelivered();
    String id = counter.ask("{\"line_id\":\"line_1\",\"quantity\":2,\"exchange\":{}}",
        ",\"in_advance\":true,\"on_first_scan\":true").id();
    counter.isLabelled(parcel(id));
    counter.later(Duration.ofDays(31));
    counter.sweep();
    counter.later(Duration.ofMinutes(2));
    String anew = counter.ask(units(1, 2), ",\"override_reason\":\"late\"").id();
    counter.moves(parcel(id), ShipmentStatus.IN_TRANSIT, false);
    counter.moves(parcel(id), ShipmentStatus.ON_HOLD, true);
    counter.rest();
    assertThat(sent(ReplacementAsked.class)).isEmpty();
    counter.count(anew, units(1, 2));
    counter.dispose(anew, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(3582);
    assertThat(counter.now(id).body()).containsEntry("status", "expired");
  }

  @Test
  void whoeverDiesBeforeTheLabelIsAskedForLeavesItToTheSweep() {
    String id = asked(ALWAYS);
    counter.bench.forgetSent();
    counter.read = 0;
    counter.later(Duration.ofMinutes(2));
    counter.sweep();
    assertThat(sent(ReturnLabelAsked.class)).singleElement()
        .satisfies(it -> assertThat(it.parcel()).isEqualTo(parcel(id)));
  }
}
