package waybill.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.GrantRefund;
import waybill.messages.Choreography.PlaceReplacement;
import waybill.messages.IncidentId;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentOnHold;
import waybill.platform.Json;
import waybill.workbench.CapturedLog;
import waybill.workbench.RequestSchema;

/** What goes wrong with parcels, from silence to its end. */
class IncidentsTest {
  private static final String SILENT = IncidentId.of(Depot.SECOND, 1).value();
  private static final String LOST = IncidentId.of(Depot.SECOND, 2).value();
  private final Depot depot = new Depot();

  @AfterEach
  void close() {
    depot.close();
  }

  private void loseTheSecond() {
    depot.hears(depot.moving(Depot.FIRST), depot.moving(Depot.SECOND), depot.delivered(Depot.FIRST));
    depot.check(4);
    depot.check(3);
  }

  /** Case C6. */
  @Test
  void aParcelThatIsSilentForSevenDaysIsLostAndClaimedForNoMoreThanItIsWorth() {
    depot.hears(depot.moving(Depot.FIRST), depot.moving(Depot.SECOND), depot.delivered(Depot.FIRST));
    depot.check(4);
    assertThat(depot.incidents()).containsExactly("silent open");
    depot.check(3);
    assertThat(depot.incidents()).containsExactly("silent resolved", "lost open");
    assertThat(Json.object(depot.get(SILENT).body().get("resolution")).get("kind")).isEqualTo("superseded");
    assertThat(depot.order().get("delivery_status")).isEqualTo("partially_delivered");

    Depot.Answer tooMuch = depot.resolve(LOST, "k1",
        "{\"kind\": \"claim\", \"amount\": 12000, \"reference\": \"C-1\"}");
    assertThat(tooMuch.status()).isEqualTo(422);
    assertThat(tooMuch.error()).isEqualTo("/amount too_much");
    assertThat(tooMuch.body().get("maximum")).isEqualTo(10_000L);
    Depot.Answer claimed = depot.resolve(LOST, "k2",
        "{\"kind\": \"claim\", \"amount\": 10000, \"reference\": \"C-1\", \"note\": \"traced\"}");
    assertThat(claimed.status()).isEqualTo(200);
    assertThat(claimed.body()).containsEntry("status", "resolved");
    assertThat(Json.object(claimed.body().get("claim"))).containsEntry("status", "submitted")
        .containsEntry("amount", 10_000L).containsEntry("currency", "EUR").containsEntry("reference", "C-1");
    assertThat(depot.mails()).containsExactly("1 SILENT", "2 LOST");
  }

  @Test
  void aClaimIsSettledOnceAndOneThatIsNotIsReported() {
    loseTheSecond();
    depot.resolve(LOST, "k1", "{\"kind\": \"claim\", \"amount\": 10000, \"reference\": \"C-1\"}");
    assertThat(depot.settle(LOST, "s1", 10_001).error()).isEqualTo("/amount too_much");
    assertThat(Json.object(depot.settle(LOST, "s2", 8_000).body().get("claim"))).containsEntry("status", "paid")
        .containsEntry("paid", 8_000L).containsEntry("settled_by", "ops");
    assertThat(depot.settle(LOST, "s2", 8_000).status()).isEqualTo(200);
    assertThat(depot.settle(LOST, "s3", 0).body().get("code")).isEqualTo("no_open_claim");
    assertThat(depot.resolve(LOST, "k3", "{\"kind\": \"claim\", \"amount\": 1, \"reference\": \"C-2\"}").body()
        .get("code")).isEqualTo("claimed_before");
  }

  @Test
  void aRefundIsGrantedByTheOrderOnceAndEndsTheIncident() {
    loseTheSecond();
    assertThat(depot.resolve(LOST, "k1", "{\"kind\": \"refund\"}").body()).containsEntry("status", "refunding");
    assertThat(depot.resolve(LOST, "k1", "{\"kind\": \"refund\"}").status()).as("repeated").isEqualTo(200);
    assertThat(depot.resolve(LOST, "k1", "{\"kind\": \"refund\", \"amount\": 5}").body().get("code"))
        .isEqualTo("idempotency_key_reused");
    assertThat(depot.resolve(LOST, "k2", "{\"kind\": \"refund\"}").body().get("code")).isEqualTo("refund_pending");
    depot.grant();
    Map<String, Object> lost = depot.get(LOST).body();
    assertThat(lost).containsEntry("status", "resolved");
    assertThat(Json.object(lost.get("refund"))).containsEntry("status", "granted").containsEntry("amount", 10_000L);
    assertThat((List<?>) depot.order().get("adjustments")).hasSize(1);

    assertThat(depot.resolve(LOST, "k3", "{\"kind\": \"claim\", \"amount\": 10000, \"reference\": \"C-1\"}").status())
        .as("the carrier pays the shop whoever pays the customer").isEqualTo(200);
    depot.check(30);
    assertThat(depot.incidents()).containsExactly("silent resolved", "lost resolved");
  }

  @Test
  void aRefundThatTheOrderRefusesLeavesTheIncidentOpen() {
    loseTheSecond();
    depot.refundAllElsewhere();
    depot.resolve(LOST, "k1", "{\"kind\": \"refund\", \"amount\": 10000}");
    depot.grant();
    Map<String, Object> refused = depot.get(LOST).body();
    assertThat(refused).containsEntry("status", "open");
    assertThat(Json.object(refused.get("refund"))).containsEntry("status", "refused");
    assertThat((String) Json.object(refused.get("refund")).get("detail")).contains("0 can still be refunded");
  }

  @Test
  void allIncidentsOfAParcelTogetherRefundNoMoreThanItWasSoldFor() {
    loseTheSecond();
    depot.resolve(LOST, "k1", "{\"kind\": \"refund\", \"amount\": 9000}");
    depot.grant();
    depot.hears(depot.moving(Depot.SECOND));
    depot.check(4);
    String again = IncidentId.of(Depot.SECOND, 3).value();
    Depot.Answer tooMuch = depot.resolve(again, "k2", "{\"kind\": \"refund\"}");
    assertThat(tooMuch.error()).isEqualTo("/amount too_much");
    assertThat(tooMuch.body()).containsEntry("maximum", 1_000L);
  }

  @Test
  void aCallerThatVanishesAfterWritingIsMadeUpForByALaterLook() {
    loseTheSecond();
    depot.bench.refuseNextSends(1);
    assertThat(depot.resolve(LOST, "k1", "{\"kind\": \"refund\"}").status()).isEqualTo(503);
    depot.bench.forgetSent();
    depot.pass(Duration.ofHours(1)).check(0);
    assertThat(depot.bench.sentTo(GrantRefund.class)).hasSize(1);
  }

  @Test
  void aParcelThatMovesAgainEndsItsIncidentByItself() {
    depot.hears(depot.moving(Depot.SECOND));
    depot.check(4);
    depot.hears(depot.moving(Depot.SECOND));
    assertThat(depot.incidents()).containsExactly("silent resolved");
    assertThat(Json.object(depot.get(SILENT).body().get("resolution"))).containsEntry("kind", "resolved_itself");
    assertThat(depot.resolve(SILENT, "k1", "{\"kind\": \"refund\"}").body().get("code")).isEqualTo("incident_resolved");
  }

  @Test
  void whoWaitsIsRemindedOnTheDayThatTheyNamedAndNothingIsPresumedBefore() {
    depot.hears(depot.moving(Depot.SECOND));
    depot.check(4);
    String day = depot.now().plus(Duration.ofDays(10)).toString();
    assertThat(depot.resolve(SILENT, "k1", "{\"kind\": \"wait\", \"look_at\": \"%s\"}".formatted(day)).body())
        .containsEntry("status", "waiting").containsEntry("look_at", "2026-12-06T09:00:00.000Z");
    depot.check(9);
    assertThat(depot.incidents()).containsExactly("silent waiting");
    depot.check(1);
    assertThat(depot.incidents()).as("what was waited for did not happen").containsExactly("silent resolved",
        "lost open");
  }

  @Test
  void aWaitIsAtMostNinetyDaysAndSaysUntilWhen() {
    depot.hears(depot.moving(Depot.SECOND));
    depot.check(4);
    assertThat(depot.resolve(SILENT, "k1", "{\"kind\": \"wait\"}").error()).isEqualTo("/look_at required");
    assertThat(depot.resolve(SILENT, "k1", "{\"kind\": \"wait\", \"look_at\": \"2026-11-01T00:00:00Z\"}").error())
        .isEqualTo("/look_at out_of_range");
    assertThat(depot.resolve(SILENT, "k1", "{\"kind\": \"give_up\"}").error()).isEqualTo("/kind unknown_value");
    assertThat(depot.resolve(SILENT, "k1", "{}").error()).isEqualTo("/kind required");
  }

  @Test
  void doubledAndReorderedNewsOpenOneIncidentAndOneMail() {
    var failed = depot.failed(Depot.SECOND);
    depot.hears(failed, failed);
    assertThat(depot.incidents()).containsExactly("delivery_failed open");
    depot.pass(Duration.ofDays(1));
    var later = depot.moving(Depot.SECOND);
    depot.hears(later, failed, later);
    assertThat(depot.incidents()).containsExactly("delivery_failed resolved");
    depot.pass(Duration.ofDays(1));
    var returned = depot.returned(Depot.SECOND);
    depot.hears(returned, later, returned);
    depot.check(0);
    assertThat(depot.incidents()).containsExactly("delivery_failed resolved", "returned open");
    assertThat(depot.mails()).containsExactly("2 RETURNED");
  }

  @Test
  void whatNobodyActsOnIsReportedAndNothingOfADeliveredParcelStaysOpen() {
    loseTheSecond();
    try (var log = CapturedLog.open()) {
      depot.check(2);
      assertThat(log.measured("IncidentsOverdue")).isEmpty();
      depot.check(1);
      assertThat(log.measured("IncidentsOverdue")).hasSize(1);
    }
    depot.hears(depot.delivered(Depot.SECOND));
    assertThat(depot.incidents()).containsExactly("silent resolved", "lost resolved");
    depot.check(100);
    assertThat(depot.list(Map.of())).isEmpty();
    assertThat(new Cases(depot.ports()).watches().find(IncidentsTable.key(Depot.SECOND)).orElseThrow().value().due())
        .as("nobody looks any more").isNull();
  }

  @Test
  void openIncidentsAreListedByKindAndByWhoActs() {
    loseTheSecond();
    assertThat(depot.list(Map.of())).hasSize(1).first().satisfies(it -> assertThat(it).containsEntry("id", LOST)
        .containsEntry("acts", "shop").containsEntry("tracking_number", "N2")
        .containsEntry("ends", List.of("wait", "reship", "refund", "claim")));
    assertThat(depot.list(Map.of("kind", "lost", "acts", "shop"))).hasSize(1);
    assertThat(depot.list(Map.of("acts", "warehouse"))).isEmpty();
    assertThat(depot.list(Map.of("status", "resolved"))).hasSize(1);
    assertThat(depot.listed(Map.of("kind", "broken")).status()).isEqualTo(422);
    assertThat(depot.get(IncidentId.of(Depot.FIRST, 9).value()).status()).isEqualTo(404);
  }

  @Test
  void whatNoScanSaysIsReportedByAPersonOnce() {
    depot.hears(depot.moving(Depot.FIRST), depot.delivered(Depot.FIRST));
    String broken = "{\"parcel_id\": \"%s\", \"kind\": \"damaged\", \"note\": \"wet\"}".formatted(Depot.FIRST);
    Depot.Answer reported = depot.report("k1", broken);
    assertThat(reported.status()).isEqualTo(201);
    assertThat(reported.body()).containsEntry("status", "open").containsEntry("acts", "shop");
    assertThat(Json.object(reported.body().get("report"))).containsEntry("by", "ops").containsEntry("note", "wet");
    assertThat(depot.report("k2", broken).body()).as("it goes on").containsEntry("id", reported.body().get("id"));
    assertThat(depot.mails()).as("its customer knows").isEmpty();
    var id = (String) reported.body().get("id");
    depot.resolve(id, "k3", "{\"kind\": \"refund\", \"amount\": 2500}");
    depot.grant();
    assertThat(depot.get(id).body()).containsEntry("status", "resolved");
    assertThat(depot.report("k1", broken).body()).as("repeated").containsEntry("id", id);
    assertThat(depot.report("k4", broken).body().get("id")).as("broken once more").isNotEqualTo(id);
    assertThat(depot.report("k1", broken.replace("wet", "dry")).body()).containsEntry("code", "idempotency_key_reused");
    assertThat(depot.report("k5", broken.replace("_1_1", "_1_9")).error()).isEqualTo("/parcel_id unknown");
  }

  @Test
  void aResolutionHasWhatItsKindNeedsAndNothingElse() {
    loseTheSecond();
    assertThat(depot.resolve(LOST, "k1", "{\"kind\": \"claim\", \"amount\": 1}").error())
        .isEqualTo("/reference required");
    assertThat(depot.resolve(LOST, "k1", "{\"kind\": \"refund\", \"reference\": \"C\"}").error())
        .isEqualTo("/reference not_allowed");
    depot.hears(depot.failed(Depot.FIRST));
    assertThat(depot.resolve(IncidentId.of(Depot.FIRST, 1).value(), "k1",
        "{\"kind\": \"claim\", \"amount\": 1, \"reference\": \"C\"}").error()).isEqualTo("/kind not_allowed");
  }

  @Test
  void requestsAreReadAsTheyAreDescribed() {
    assertThat(RequestSchema.of("ResolutionForm").misfits(
        """
            {"kind": "claim", "look_at": "2026-12-01T09:00:00Z", "amount": 10000, "reference": "C-4711", "note": "traced"}""",
        fields -> {
          ResolutionForm form = ResolutionForm.read(fields);
          fields.verify();
          return form;
        })).isEmpty();
    assertThat(RequestSchema.of("IncidentForm").misfits("""
        {"parcel_id": "par_8wbx56kav7d3kerhkfart51jp5_1_1", "kind": "damaged", "note": "wet"}""", fields -> {
      ReportIncidentHandler.Form form = ReportIncidentHandler.Form.read(fields);
      fields.verify();
      return form;
    })).isEmpty();
    assertThat(RequestSchema.of("SettlementForm").misfits("{\"amount\": 8000}", fields -> {
      Resolution.Settlement form = SettleClaimHandler.read(fields, "ops");
      fields.verify();
      return form;
    })).isEmpty();
  }

  @Test
  void whatIsLostIsSentAgainOnceByAnOrderThatNamesIt() {
    loseTheSecond();
    depot.bench.refuseNextSends(1);
    assertThat(depot.resolve(LOST, "k1", "{\"kind\": \"reship\"}").status()).as("its caller vanishes").isEqualTo(503);
    assertThat(depot.get(LOST).body()).containsEntry("status", "replacing");
    depot.bench.forgetSent();
    depot.pass(Duration.ofHours(1)).check(0);
    assertThat(depot.bench.sentTo(PlaceReplacement.class)).hasSize(1);
    Map<String, Object> lost = depot.get(LOST).body();
    assertThat(lost).containsEntry("status", "resolved").containsEntry("replacement_order_id", depot.place());
    assertThat(Json.object(lost.get("resolution"))).containsEntry("kind", "reship").containsEntry("by", "ops");
    assertThat(depot.resolve(LOST, "k2", "{\"kind\": \"refund\"}").body()).containsEntry("code", "incident_resolved");
    assertThat(depot.resolve(LOST, "k3", "{\"kind\": \"claim\", \"amount\": 10000, \"reference\": \"C\"}").status())
        .as("its carrier pays").isEqualTo(200);
    String broken = (String) depot
        .report("k4", "{\"parcel_id\": \"%s\", \"kind\": \"damaged\"}".formatted(Depot.SECOND)).body().get("id");
    assertThat(depot.resolve(broken, "k5", "{\"kind\": \"reship\"}").body()).as("no parcel is sent again twice")
        .containsEntry("code", "replaced_before");
  }

  @Test
  void whatCarriersSayOfItIsAnIncidentOfThatKind() {
    depot.hears(new ShipmentOnHold(Depot.ORDER, Depot.SECOND, depot.now(), null, "lost"));
    assertThat(depot.incidents()).containsExactly("lost open");
    assertThat(depot.get(IncidentId.of(Depot.SECOND, 1).value()).body()).containsEntry("reason", "lost");
    depot.hears(new ShipmentDeliveryFailed(Depot.ORDER, Depot.FIRST, depot.now(), null, "refused"));
    assertThat(depot.list(Map.of("kind", "refused"))).hasSize(1);
    depot.pass(Duration.ofDays(1));
    depot.hears(new ShipmentOnHold(Depot.ORDER, Depot.FIRST, depot.now(), null, "held"));
    assertThat(depot.list(Map.of("kind", "on_hold"))).hasSize(1);
    assertThat(depot.list(Map.of("kind", "refused"))).as("it goes on").isEmpty();
    assertThat(depot.mails()).containsExactly("1 LOST");
  }
}
